package org.sysretreplay.ingest.sample;

import org.sysretreplay.ingest.trace.TraceReader;

/**
 * A reader of a format with samples, which can be watched. Formats whose records are frames already
 * have none.
 */
public interface SampledReader extends TraceReader {

  /** Has the observer see every sample that is read from now on, in time order. */
  void observe(SampleObserver observer);
}
