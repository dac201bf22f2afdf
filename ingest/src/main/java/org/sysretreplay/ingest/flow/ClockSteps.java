package org.sysretreplay.ingest.flow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether times are times: counts how often those of one clock fall from one to the next. Clocks of
 * two processors differ, but each only rises, however often records go from one to the other.
 */
public final class ClockSteps {

  /** What disorder of sound times there may be, by where they come from. */
  public enum Source {
    /**
     * A buffer that the kernel writes in the order of its processor's clock, but for a few records
     * that an interrupt came between. Of times that are none every second one falls.
     */
    BUFFER {
      @Override
      boolean isFall(long before, long time) {
        return time < before;
      }

      @Override
      boolean isNone(long steps, long falls) {
        return falls > 1 && 4 * falls > steps;
      }
    },

    /**
     * A text, whose lines somebody may have put into another order: times fall by a small part
     * then. What {@code perf script --deltatime} prints, the time since the line before, falls by a
     * large part of itself, or is less than any clock shows that has been running.
     */
    TEXT {
      @Override
      boolean isFall(long before, long time) {
        return time < before
            && (before < JUST_STARTED_NANOS || before - time > before / LARGE_PART);
      }

      @Override
      boolean isNone(long steps, long falls) {
        return falls > 0 && 6 * falls >= steps;
      }
    };

    /** A clock has been running for longer than this when a program is recorded. */
    private static final long JUST_STARTED_NANOS = 1_000_000_000;

    private static final int LARGE_PART = 16;

    /** In microseconds many times of a text are the same, differences among them too. */
    boolean isStep(long before, long time) {
      return this == BUFFER || time != before;
    }

    abstract boolean isFall(long before, long time);

    abstract boolean isNone(long steps, long falls);
  }

  /**
   * What was counted; parts add up.
   *
   * @param steps how many times of a clock have another one of it before them
   * @param falls how many of these fell
   */
  public record Count(Source source, long steps, long falls) {

    /** Nothing yet. */
    public static Count zero(Source source) {
      return new Count(source, 0, 0);
    }

    /** Of both. */
    public Count plus(Count other) {
      return new Count(source, steps + other.steps, falls + other.falls);
    }

    /** Whether these times are none. */
    public boolean isOfNoTimes() {
      return source.isNone(steps, falls);
    }
  }

  /** More processors than any kernel is built for; a lower number is looked up without a map. */
  private static final int MANY_CPUS = 1 << 13;

  private static final long NEVER = Long.MIN_VALUE;

  private final Source source;
  private final Map<Long, Long> last = new HashMap<>();
  private long[] lastOfCpu = new long[0];
  private long steps;
  private long falls;

  public ClockSteps(Source source) {
    this.source = source;
  }

  /**
   * Takes the next time.
   *
   * @param clock whose it is: the number of a processor, or anything else that has one
   */
  public void take(long clock, long timeNanos) {
    long before = before(clock, timeNanos);
    if (before != NEVER && source.isStep(before, timeNanos)) {
      steps++;
      falls += source.isFall(before, timeNanos) ? 1 : 0;
    }
  }

  private long before(long clock, long time) {
    if (clock < 0 || clock >= MANY_CPUS) {
      Long before = last.put(clock, time);
      return before == null ? NEVER : before;
    }
    int cpu = (int) clock;
    makeRoom(cpu);
    long before = lastOfCpu[cpu];
    lastOfCpu[cpu] = time;
    return before;
  }

  private void makeRoom(int cpu) {
    int known = lastOfCpu.length;
    if (cpu >= known) {
      lastOfCpu = Arrays.copyOf(lastOfCpu, Math.max(cpu + 1, 2 * known));
      Arrays.fill(lastOfCpu, known, lastOfCpu.length, NEVER);
    }
  }

  /** What was counted since this was last asked; the clocks go on. */
  public Count count() {
    Count count = new Count(source, steps, falls);
    steps = 0;
    falls = 0;
    return count;
  }
}
