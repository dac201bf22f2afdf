package org.sysretreplay.ingest.perfdata;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.flow.TimeOrder;
import org.sysretreplay.ingest.flow.TimedEntries;

/**
 * Merges the records of several files, each of which is nearly in time order, into batches with
 * marks as if one file had been written round by round. The file that is furthest behind is read
 * next. A round ends once all files are past the newest record of the round before.
 *
 * <pre>
 * file     read up to (time)
 * data     ------------| 12      a heap by this time
 * data.0   -------| 7            is on top: its next records are read
 * data.1   -----------------| 17
 *          a round ends once the top has passed the newest time
 *          that any file had reached when the last round ended
 * </pre>
 */
final class FolderEntries implements PullSource<EntryBatch> {

  /**
   * How many records are read of all files together in a turn, well below what {@link TimeOrder}
   * may hold.
   */
  private static final int MOST_AHEAD = TimeOrder.MAX_HELD / 4;

  private static final int MOST_AT_ONCE = 1 << 12;
  private static final int LEAST_AT_ONCE = 1 << 6;

  /** A file, and the newest time that was read of it. */
  private static final class Part {

    final PullSource<EntryBatch> entries;
    long newest = Long.MIN_VALUE;

    Part(PullSource<EntryBatch> entries) {
      this.entries = entries;
    }
  }

  private final PriorityQueue<Part> parts =
      new PriorityQueue<>(Comparator.comparingLong((Part it) -> it.newest));

  private long newest = Long.MIN_VALUE;
  private long newestOfLastRound = Long.MIN_VALUE;

  /** How many records to read at a time from each of so many files. */
  static int recordsAtOnce(int files) {
    return Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, MOST_AHEAD / files));
  }

  /** Merges these files, none of which has marks of its own. */
  FolderEntries(List<PullSource<EntryBatch>> files) {
    files.forEach(it -> parts.add(new Part(it)));
  }

  @Override
  public EntryBatch next() {
    while (!parts.isEmpty()) {
      Part part = parts.poll();
      EntryBatch read = part.entries.next();
      if (read == null) {
        part.entries.close();
      } else {
        note(part, read.list());
        parts.add(part);
        markRound(read.list());
        return read;
      }
    }
    return null;
  }

  private void note(Part part, TimedEntries<PerfDataEntry> read) {
    for (int i = 0; i < read.size(); i++) {
      part.newest = Math.max(part.newest, read.timeNanos(i));
    }
    newest = Math.max(newest, part.newest);
  }

  private void markRound(TimedEntries<PerfDataEntry> read) {
    long reachedByAll = parts.element().newest;
    if (reachedByAll >= newestOfLastRound && reachedByAll != Long.MIN_VALUE) {
      read.add(TimedEntries.NO_TIME, PerfDataEntry.Mark.ROUND_END);
      newestOfLastRound = newest;
    }
  }

  @Override
  public void close() {
    parts.forEach(it -> it.entries.close());
  }
}
