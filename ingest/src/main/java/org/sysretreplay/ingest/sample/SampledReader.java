package org.sysretreplay.ingest.sample;

import org.sysretreplay.ingest.trace.TraceReader;

/**
 * A reader whose records are made from samples, which can be watched. Formats whose records are
 * frames already have no samples.
 */
public interface SampledReader extends TraceReader {

  /** Has the observer see every sample that is read from now on, in time order. */
  void observe(SampleObserver observer);
}
