package org.sysretreplay.ingest.trace;

import java.util.OptionalLong;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** A reader that counts what it hands on. */
public final class CountingReader implements TraceReader {

  private final TraceReader reader;
  private long seen;
  private long accepted;
  private long exits;
  private long rejected;
  private long ignored;
  private long inKernel;
  private long first = TimeSpan.NONE.first();
  private long last = TimeSpan.NONE.last();

  public CountingReader(TraceReader reader) {
    this.reader = reader;
  }

  /** What was handed on so far. Each kind is counted, none is obtained by subtraction. */
  public Counts counts() {
    return new Counts(seen, accepted, rejected, ignored, reader.lost(), exits);
  }

  /** How many of the ignored records carry registers and were interrupts of the kernel. */
  public long inKernel() {
    return inKernel;
  }

  /** From the first frame to the last, those of an interrupted kernel included. */
  public TimeSpan span() {
    return new TimeSpan(first, last);
  }

  @Override
  public boolean hasNext() {
    return reader.hasNext();
  }

  @Override
  public TraceRecord next() {
    TraceRecord next = reader.next();
    seen++;
    if (next instanceof Accepted exit) {
      accepted++;
      exits = Math.addExact(exits, exit.frame().count());
      noteTime(exit.frame().timeNanos());
    } else if (next instanceof Rejected) {
      rejected++;
    } else if (next instanceof Ignored) {
      ignored++;
    } else if (next instanceof InKernel interrupt) {
      ignored++;
      inKernel++;
      noteTime(interrupt.frame().timeNanos());
    }
    return next;
  }

  private void noteTime(OptionalLong time) {
    if (time.isPresent()) {
      first = Math.min(first, time.getAsLong());
      last = Math.max(last, time.getAsLong());
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
