package org.sysretreplay.ingest.text;

import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Refuses a text whose times are no times, before its samples are put in their order: {@link
 * ClockSteps} tells.
 */
final class ClockCheck {

  /** So many samples decide. */
  private static final int ENOUGH = 1 << 13;

  private final String source;
  private final ClockSteps clocks = new ClockSteps(ClockSteps.Source.TEXT);
  private int samples;

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
      clocks.take(clock(sample), sample.timeNanos().getAsLong());
      if (!isOpen()) {
        check();
      }
    }
  }

  /** The processor whose clock it is; where it is not told, the thread, which has one at a time. */
  private static long clock(Sample sample) {
    return sample.cpu().orElseGet(() -> ~sample.task().tid().orElse(0));
  }

  /**
   * Decides, at the end of the text or when enough was seen.
   *
   * @throws TraceException where the times are none
   */
  void check() {
    ClockSteps.Count steps = clocks.count();
    if (steps.isOfNoTimes()) {
      throw TraceException.of(
          source,
          "its times are none: on one and the same CPU they fall at %,d of %,d steps, as the differences do that perf script --deltatime prints"
              .formatted(steps.falls(), steps.steps()),
          "print it without --deltatime, or without the field time: then the order of the lines counts");
    }
  }
}
