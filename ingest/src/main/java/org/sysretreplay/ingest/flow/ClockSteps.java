package org.sysretreplay.ingest.flow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells timestamps from other numbers, by how often the times of one clock fall from one to the
 * next. Clocks of different processors differ, but each of them only rises.
 */
public final class ClockSteps {

  /** The source of times, which decides how much disorder real timestamps can have. */
  public enum Source {
    /**
     * A buffer that the kernel writes in the order of its processor's clock, or of its thread's
     * times, except for a few records that interrupts put in between. Of random numbers, every
     * second one falls.
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
     * A text, whose lines somebody may have reordered, so that times fall by a small part of
     * themselves. The differences that {@code perf script --deltatime} prints fall by a large part
     * of themselves, or are smaller than the time of any running clock.
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

    /** Clocks have been running for longer than this when a program is recorded. */
    private static final long JUST_STARTED_NANOS = 1_000_000_000;

    private static final int LARGE_PART = 16;

    /**
     * Equal times of a text are no step: in microseconds many are equal, and many differences too.
     */
    boolean isStep(long before, long time) {
      return this == BUFFER || time != before;
    }

    abstract boolean isFall(long before, long time);

    abstract boolean isNone(long steps, long falls);
  }

  /**
   * The steps that were counted. Counts of parts of a file can be added.
   *
   * @param steps how many times came after another time of the same clock
   * @param falls how many of these steps went back
   */
  public record Count(Source source, long steps, long falls) {

    /** Nothing yet. */
    public static Count zero(Source source) {
      return new Count(source, 0, 0);
    }

    /** The sum of both. */
    public Count plus(Count other) {
      return new Count(source, steps + other.steps, falls + other.falls);
    }

    /** Whether the times come from no clock, because too many steps went back. */
    public boolean isNoClock() {
      return source.isNone(steps, falls);
    }
  }

  /** A power of two of threads on processors is remembered: buffers hold bursts of one thread. */
  private static final int RECENT_BITS = 8;

  /** Spreads numbers over the upper bits of their product. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private static final long NEVER = Long.MIN_VALUE;

  private final Source source;
  private final Map<Long, Long> last = new HashMap<>();

  /** Threads on processors, each at the place that its hash gives, and their last times. */
  private final long[] recent;

  private final long[] lastOfRecent;
  private long steps;
  private long falls;

  /** Counts no step yet. */
  public ClockSteps(Source source) {
    this.source = source;
    recent = new long[source == Source.BUFFER ? 1 << RECENT_BITS : 0];
    lastOfRecent = new long[recent.length];
    Arrays.fill(lastOfRecent, NEVER);
  }

  /**
   * Takes the next time of a {@link Source#BUFFER}, which is that of a processor, or of a thread
   * ({@code perf record --per-thread}). Behind each other stand those of threads that ran on the
   * same processor, so that only times of one thread on one processor have an order.
   */
  public void take(long cpu, int tid, long timeNanos) {
    long clock = cpu << Integer.SIZE | Integer.toUnsignedLong(tid);
    int place = (int) (clock * SPREAD >>> Long.SIZE - RECENT_BITS);
    if (recent[place] == clock) {
      step(lastOfRecent[place], timeNanos);
    }
    recent[place] = clock;
    lastOfRecent[place] = timeNanos;
  }

  /**
   * Takes the next time of a clock.
   *
   * @param clock the clock that shows it: a processor's number, or that of anything else with a
   *     clock
   */
  public void take(long clock, long timeNanos) {
    Long before = last.put(clock, timeNanos);
    step(before == null ? NEVER : before, timeNanos);
  }

  private void step(long before, long timeNanos) {
    if (before != NEVER && source.isStep(before, timeNanos)) {
      steps++;
      falls += source.isFall(before, timeNanos) ? 1 : 0;
    }
  }

  /** The steps since the last call. The last times are kept. */
  public Count takeCount() {
    Count count = new Count(source, steps, falls);
    steps = 0;
    falls = 0;
    return count;
  }
}
