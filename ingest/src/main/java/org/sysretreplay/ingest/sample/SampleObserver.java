package org.sysretreplay.ingest.sample;

import org.sysretreplay.ingest.trace.TraceRecord;

/** Is shown the samples of a trace while it is read. */
@FunctionalInterface
public interface SampleObserver {

  /** Looks at nothing. */
  SampleObserver NONE = (sample, record) -> {};

  /**
   * Sees the next sample, in time order.
   *
   * @param record what the sample is by itself; the n-th that is accepted, counted from 0, becomes
   *     frame n
   */
  void see(Sample sample, TraceRecord record);
}
