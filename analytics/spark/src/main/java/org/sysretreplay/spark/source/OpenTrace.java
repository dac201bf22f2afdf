package org.sysretreplay.spark.source;

import java.io.Closeable;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TracePart;
import org.sysretreplay.ingest.store.TraceFacts;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.WallClock;

/**
 * A trace file, or a part of it, while it is read. In permissive mode a file that cannot be read to
 * its end gives one more reject instead of an exception.
 */
final class OpenTrace implements Closeable {

  private final TraceInput input;
  private final Reading reading;
  private final boolean permissive;

  /** Null if it could not be opened. */
  private CountingReader reader;

  private TraceException failure;
  private boolean failureGiven;

  OpenTrace(TracePart part, Reading reading, boolean permissive) {
    input = part.input();
    this.reading = reading;
    this.permissive = permissive;
    try {
      reader = part.open(reading);
    } catch (TraceException e) {
      note(e);
    }
  }

  private void note(TraceException e) {
    if (!permissive) {
      throw e;
    }
    failure = e;
  }

  /** The next record; null at the end. */
  TraceRecord next() {
    if (failure == null) {
      try {
        return reader.hasNext() ? reader.next() : null;
      } catch (TraceException e) {
        note(e);
      }
    }
    if (failureGiven) {
      return null;
    }
    failureGiven = true;
    return new TraceRecord.Rejected(
        new Reject(
            Place.ofByte(input.file(), 0), RejectReason.BROKEN_FRAMING, failure.getMessage(), ""));
  }

  Counts counts() {
    Counts counts = reader == null ? Counts.ZERO : reader.counts();
    return failureGiven ? counts.plus(new Counts(1, 0, 1, 0, 0)) : counts;
  }

  /** What the trace tells about the time of day. */
  WallClock clock() {
    return header().clock();
  }

  private TraceHeader header() {
    return reader == null ? TraceHeader.EMPTY : reader.header();
  }

  /** What is known of the trace once it is read. */
  TraceFacts facts() {
    return new Facts(
        input,
        header(),
        machine(),
        reading,
        counts(),
        reader == null ? 0 : reader.inKernel(),
        reader == null ? TimeSpan.NONE : reader.span());
  }

  /** In permissive mode facts that cannot be read are not known. */
  private MachineFacts machine() {
    try {
      return input.machine();
    } catch (TraceException e) {
      if (!permissive) {
        throw e;
      }
      return MachineFacts.NOT_KNOWN;
    }
  }

  private record Facts(
      TraceInput input,
      TraceHeader header,
      MachineFacts machine,
      Reading reading,
      Counts counts,
      long inKernel,
      TimeSpan span)
      implements TraceFacts {

    @Override
    public String workload() {
      return input.workload();
    }

    @Override
    public String traceId() {
      return input.traceId();
    }

    @Override
    public String source() {
      return input.file();
    }

    @Override
    public String format() {
      return input.format().id();
    }

    @Override
    public Counts counts(Reading as) {
      if (as != reading) {
        throw new IllegalArgumentException("it was read " + reading);
      }
      return counts;
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
