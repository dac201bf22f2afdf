package org.sysretreplay.ingest.text;

import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Refuses a text whose times are no timestamps, such as the differences that {@code perf script
 * --deltatime} prints, before its samples are put into time order. {@link ClockSteps} recognises
 * them.
 */
final class ClockCheck {

  /** How many samples are looked at before the text is accepted. */
  private static final int ENOUGH = 1 << 13;

  private final String source;
  private final ClockSteps clocks = new ClockSteps(ClockSteps.Source.TEXT);
  private int samples;

  ClockCheck(String source) {
    this.source = source;
  }

  /** Whether more samples are wanted. */
  boolean isOpen() {
    return samples < ENOUGH;
  }

  /**
   * Sees the next sample in the order of the text.
   *
   * @throws TraceException if the times seen so far are no timestamps
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

  /**
   * Tells one clock from another: by the processor, or, where the text does not name it, by the
   * thread, which runs on one processor at a time.
   */
  private static long clock(Sample sample) {
    return sample.cpu().orElseGet(() -> ~sample.task().tid().orElse(0));
  }

  /**
   * Decides, either at the end of the text or once enough samples were seen.
   *
   * @throws TraceException if the times are no timestamps
   */
  void check() {
    ClockSteps.Count steps = clocks.takeCount();
    if (steps.isNoClock()) {
      throw TraceException.of(
          source,
          "its times are no timestamps: from one sample of a CPU or thread to the next they go back at %,d of %,d steps, as what perf script --deltatime prints does"
              .formatted(steps.falls(), steps.steps()),
          "print it without --deltatime, or without the field time: then the order of the lines counts");
    }
  }
}
