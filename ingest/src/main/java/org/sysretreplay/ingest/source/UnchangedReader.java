package org.sysretreplay.ingest.source;

import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * A reader that fails at the end of the trace, or instead of any other failure, if the files have
 * changed meanwhile.
 */
final class UnchangedReader implements TraceReader {

  private final TraceReader reader;
  private final Runnable check;

  UnchangedReader(TraceReader reader, Runnable check) {
    this.reader = reader;
    this.check = check;
  }

  @Override
  public boolean hasNext() {
    try {
      if (reader.hasNext()) {
        return true;
      }
    } catch (TraceException e) {
      throw unlessChanged(e);
    }
    check.run();
    return false;
  }

  @Override
  public TraceRecord next() {
    try {
      return reader.next();
    } catch (TraceException e) {
      throw unlessChanged(e);
    }
  }

  /** Throws the change instead, if there is one: it may be the reason of the failure. */
  private TraceException unlessChanged(TraceException e) {
    check.run();
    return e;
  }

  @Override
  public TraceHeader header() {
    return reader.header();
  }

  @Override
  public long lost() {
    return reader.lost();
  }

  @Override
  public ExecutableMaps maps() {
    return reader.maps();
  }

  @Override
  public void close() {
    reader.close();
  }
}
