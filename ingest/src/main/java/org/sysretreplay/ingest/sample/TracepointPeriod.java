package org.sysretreplay.ingest.sample;

import org.sysretreplay.ingest.trace.Sampling;

/** Which events of a tracepoint the kernel records, by what was asked of it. */
public final class TracepointPeriod {

  private TracepointPeriod() {}

  /**
   * Which events are recorded. Where samples are to show their period, the kernel writes each event
   * as one of period 1, whatever period was asked for (kernel file kernel/events/core.c,
   * perf_swevent_event).
   *
   * @param period one of how many events was asked for; 0 of an event that is counted only
   * @param frequency whether the period is a number of samples in a second
   * @param showsPeriod whether samples show their period
   */
  public static Sampling sampling(long period, boolean frequency, boolean showsPeriod) {
    if (frequency) {
      return Sampling.VARYING;
    }
    if (period <= 0) {
      return Sampling.NOT_TOLD;
    }
    return showsPeriod ? Sampling.WHOLE : Sampling.oneOf(period);
  }
}
