package org.sysretreplay.ingest.sample;

import org.sysretreplay.ingest.trace.TraceRecord;

/** Watches the samples of a trace while it is read. */
@FunctionalInterface
public interface SampleObserver {

  /** Ignores all samples. */
  SampleObserver NONE = (sample, record) -> {};

  /**
   * Sees the next sample, in time order.
   *
   * @param record how the sample was interpreted by itself; the n-th accepted one, counted from 0,
   *     becomes frame n
   */
  void see(Sample sample, TraceRecord record);
}
