package org.sysretreplay.ingest.source;

import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceRecord;

/** A reader of a trace that does not end well where its files have changed meanwhile. */
final class UnchangedReader implements TraceReader {

  private final TraceReader reader;
  private final Runnable check;

  UnchangedReader(TraceReader reader, Runnable check) {
    this.reader = reader;
    this.check = check;
  }

  @Override
  public boolean hasNext() {
    boolean hasNext = told(reader::hasNext);
    if (!hasNext) {
      check.run();
    }
    return hasNext;
  }

  @Override
  public TraceRecord next() {
    return told(reader::next);
  }

  private interface Step<T> {
    T take();
  }

  /** What is wrong with a file that has changed may be that. */
  private <T> T told(Step<T> step) {
    try {
      return step.take();
    } catch (TraceException e) {
      check.run();
      throw e;
    }
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
  public void close() {
    reader.close();
  }
}
