package org.sysretreplay.ingest.trace;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * A reader that counts the records that it hands on. If there are many rejects, only the first are
 * handed on as they come; the others follow at the end as one for each reason, which stands for all
 * of that reason. So a text without a sound line costs no more than a sound one.
 */
public final class CountingReader implements TraceReader {

  private final TraceReader reader;
  private final String source;
  private final Bounds bounds;
  private long read;
  private long rejects;

  /** The rejects that follow at the end, one for each reason. */
  private final Map<RejectReason, Reject> others = new EnumMap<>(RejectReason.class);

  /** The next record; null if it was not read yet. */
  private TraceRecord next;

  private long seen;
  private long accepted;
  private long exits;
  private long rejected;
  private long ignored;
  private long inKernel;
  private long first = TimeSpan.NONE.first();
  private long last = TimeSpan.NONE.last();

  /** Hands on all rejects as they come. */
  public CountingReader(TraceReader reader) {
    this(reader, "", new Bounds(1, 0, Long.MAX_VALUE));
  }

  /**
   * Hands on as many rejects as the bounds allow as they come.
   *
   * @param source the file as the user named it
   */
  public CountingReader(TraceReader reader, String source, Bounds bounds) {
    this.reader = reader;
    this.source = source;
    this.bounds = bounds;
  }

  /**
   * The counts of what was handed on so far. Each kind is counted; none is obtained by subtraction.
   */
  public Counts counts() {
    return new Counts(seen, accepted, rejected, ignored, reader.lost(), exits);
  }

  /** How many of the ignored records were interrupts of the kernel, which carry registers. */
  public long inKernel() {
    return inKernel;
  }

  /** The time from the first frame to the last, including frames of an interrupted kernel. */
  public TimeSpan span() {
    return new TimeSpan(first, last);
  }

  @Override
  public boolean hasNext() {
    while (next == null && reader.hasNext()) {
      next = unlessCountedOnly(reader.next());
    }
    if (next == null && !others.isEmpty()) {
      next = new Rejected(others.remove(others.keySet().iterator().next()));
    }
    return next != null;
  }

  private TraceRecord unlessCountedOnly(TraceRecord record) {
    read++;
    if (record instanceof Rejected it && rejects++ >= bounds.rejects()) {
      bounds.checkRejects(source, rejects, read, it.reject());
      Reject first = others.putIfAbsent(it.reject().reason(), it.reject());
      if (first != null) {
        others.put(first.reason(), first.plus(it.reject().count()));
      }
      return null;
    }
    return record;
  }

  @Override
  public TraceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the end of the trace");
    }
    TraceRecord given = next;
    next = null;
    count(given);
    return given;
  }

  private void count(TraceRecord next) {
    if (next instanceof Accepted exit) {
      seen++;
      accepted++;
      exits = Counts.addExits(source, exits, exit.frame().count());
      noteTime(exit.frame().timeNanos());
    } else if (next instanceof Rejected some) {
      seen += some.reject().count();
      rejected += some.reject().count();
    } else if (next instanceof Ignored) {
      seen++;
      ignored++;
    } else if (next instanceof InKernel interrupt) {
      seen++;
      ignored++;
      inKernel++;
      noteTime(interrupt.frame().timeNanos());
    }
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
  public ExecutableMaps maps() {
    return reader.maps();
  }

  @Override
  public void close() {
    reader.close();
  }
}
