package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.flow.Pieces;
import org.sysretreplay.ingest.flow.TimeOrder;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.TraceException;

/** Puts the entries of a recording into time order. */
final class OrderedEntries implements Pieces<PerfDataEntry> {

  private final Pieces<Entries> read;
  private final TimeOrder<PerfDataEntry> order = new TimeOrder<>(TimeOrder.MAX_HELD);
  private final Losses losses = new Losses();
  private boolean ended;

  /** Why nothing more can be read; null as long as it can. */
  private TraceException failure;

  /** The entries as they are read, in the order of the file. */
  OrderedEntries(Pieces<Entries> read) {
    this.read = read;
  }

  /** What was read before a failure is handed on before it. */
  @Override
  public PerfDataEntry next() {
    PerfDataEntry next = order.poll();
    while (next == null && !ended) {
      if (failure != null) {
        throw failure;
      }
      readOn();
      next = order.poll();
    }
    return next;
  }

  private void readOn() {
    Entries entries = read.next();
    if (entries == null) {
      ended = true;
      order.end();
    } else {
      order.addAll(entries.list(), this::takeUntimed);
      failure = entries.failure();
    }
  }

  private void takeUntimed(PerfDataEntry entry) {
    if (entry instanceof PerfDataEntry.Mark mark) {
      takeMark(mark);
    } else if (entry instanceof PerfDataEntry.LostRecords lost) {
      losses.addRecords(lost.count());
    } else if (entry instanceof PerfDataEntry.LostSamples lost) {
      losses.addSamples(lost.count());
    } else {
      order.addUntimed(entry);
    }
  }

  private void takeMark(PerfDataEntry.Mark mark) {
    switch (mark) {
      case ROUND_END -> order.endRound();
      case END -> order.end();
    }
  }

  /** How many samples the recorder says it lost, in what was read so far. */
  long lost() {
    return losses.total();
  }

  @Override
  public void close() {
    read.close();
  }
}
