package org.sysretreplay.ingest.perfdata;

import java.util.function.Consumer;
import org.sysretreplay.ingest.flow.ClockSteps;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.flow.TimeOrder;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.TraceException;

/** Puts the entries of a recording into time order. */
final class OrderedEntries implements PullSource<PerfDataEntry> {

  /** The times are checked once this many samples were read, or all of them. */
  private static final long MANY_STEPS = 1 << 16;

  private final PullSource<EntryBatch> read;
  private final Consumer<String> clockFault;
  private final TimeOrder<PerfDataEntry> order = new TimeOrder<>(TimeOrder.MAX_HELD);
  private final Losses losses = new Losses();
  private final AddressSpaces spaces = new AddressSpaces();
  private boolean ended;
  private ClockSteps.Count steps = ClockSteps.Count.zero(ClockSteps.Source.BUFFER);

  /** Why nothing more can be read; null while it can. */
  private TraceException failure;

  /**
   * Orders the entries of a source, which gives them in the order of the file.
   *
   * @param clockFault is called with a reason if the times of samples are no timestamps, and may
   *     throw
   */
  OrderedEntries(PullSource<EntryBatch> read, Consumer<String> clockFault) {
    this.read = read;
    this.clockFault = clockFault;
  }

  /** Entries that are due before a failure are handed on first. */
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
    EntryBatch entries = read.next();
    if (entries == null) {
      checkTimes();
      ended = true;
      order.end();
    } else {
      order.addAll(entries.list(), this::takeUntimed);
      failure = entries.failure();
      steps = steps.plus(entries.steps());
      if (steps.steps() >= MANY_STEPS) {
        checkTimes();
      }
    }
  }

  private void checkTimes() {
    if (steps.isNoClock()) {
      clockFault.accept(
          "the times of its samples go back %,d times in %,d, from one to the next of a processor"
              .formatted(steps.falls(), steps.steps()));
    }
  }

  private void takeUntimed(PerfDataEntry entry) {
    if (entry instanceof PerfDataEntry.Mark mark) {
      takeMark(mark);
    } else if (entry instanceof PerfDataEntry.LostRecords lost) {
      losses.addRecords(lost.count());
    } else if (entry instanceof PerfDataEntry.LostSamples lost) {
      losses.addSamples(lost.count());
    } else if (entry instanceof AddressSpaceEvent event) {
      spaces.take(event);
    } else if (entry instanceof PerfSample) {
      order.addBehindLast(entry);
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

  /** How many samples were lost by what the recorder says in the part that was read so far. */
  long lost() {
    return losses.total();
  }

  /** The mappings of code in the part that was read so far. */
  ExecutableMaps maps() {
    return spaces.maps();
  }

  @Override
  public void close() {
    read.close();
  }
}
