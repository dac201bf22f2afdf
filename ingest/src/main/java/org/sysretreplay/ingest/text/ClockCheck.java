package org.sysretreplay.ingest.text;

import java.util.HashMap;
import java.util.Map;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Finds out whether the times of a text are times, before samples are put in their order.
 *
 * <p>The clocks of two processors differ, so that a text steps back a little where it goes from one
 * to the other. On one processor a clock hardly ever goes back, however the text was put together.
 * What {@code perf script --deltatime} prints, the time since the line before, falls at about every
 * second line, and by a large part of itself, or is less than any clock shows: by that it is told
 * from times whose lines were put into another order.
 */
final class ClockCheck {

  /** So many samples decide. */
  private static final int ENOUGH = 1 << 13;

  /** Times that fall at one step in so many, or at more, are none. */
  private static final int ONE_IN = 6;

  /** A clock that has been running falls, where lines lost their order, by a small part only. */
  private static final int LARGE_PART = 16;

  /** A clock has been running for longer than this when a program is recorded. */
  private static final long JUST_STARTED_NANOS = 1_000_000_000;

  private final String source;
  private final Map<Long, Long> last = new HashMap<>();
  private int samples;
  private int steps;
  private int falls;

  ClockCheck(String source) {
    this.source = source;
  }

  /** Whether more samples can change what is known. */
  boolean isOpen() {
    return samples < ENOUGH;
  }

  /**
   * Sees the next sample in the order of the text.
   *
   * @throws TraceException where it is clear by now that the times are none
   */
  void see(Sample sample) {
    if (sample.timeNanos().isPresent() && isOpen()) {
      samples++;
      step(clock(sample), sample.timeNanos().getAsLong());
      if (!isOpen()) {
        check();
      }
    }
  }

  /** The processor whose clock it is; where it is not told, the thread, which has one at a time. */
  private static long clock(Sample sample) {
    return sample.cpu().orElseGet(() -> ~sample.task().tid().orElse(0));
  }

  private void step(long clock, long time) {
    Long before = last.put(clock, time);
    if (before != null && time != before) {
      steps++;
      falls += fallsAsDifferencesDo(before, time) ? 1 : 0;
    }
  }

  private static boolean fallsAsDifferencesDo(long before, long time) {
    return time < before && (before < JUST_STARTED_NANOS || before - time > before / LARGE_PART);
  }

  /**
   * Decides, at the end of the text or when enough was seen.
   *
   * @throws TraceException where the times are none
   */
  void check() {
    if (falls > 0 && falls * ONE_IN >= steps) {
      throw TraceException.of(
          source,
          "its times are none: on one and the same CPU they fall at %,d of %,d steps, as the differences do that perf script --deltatime prints"
              .formatted(falls, steps),
          "print it without --deltatime, or without the field time: then the order of the lines counts");
    }
  }
}
