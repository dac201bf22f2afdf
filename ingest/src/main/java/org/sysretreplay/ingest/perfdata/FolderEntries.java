package org.sysretreplay.ingest.perfdata;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.sysretreplay.ingest.flow.Pieces;
import org.sysretreplay.ingest.flow.TimeOrder;
import org.sysretreplay.ingest.flow.TimedEntries;

/**
 * The records of several files, each of which is nearly in time order, as if one file had been
 * written round by round: the file that is furthest behind is read on, and a round ends when all
 * are past the newest record of the round before.
 */
final class FolderEntries implements Pieces<Entries> {

  /** So that what waits of all files together is well below what may wait. */
  private static final int MOST_AHEAD = TimeOrder.MAX_HELD / 4;

  private static final int MOST_AT_ONCE = 1 << 12;
  private static final int LEAST_AT_ONCE = 1 << 6;

  /** A file, and how far it was read. */
  private static final class Part {

    final Pieces<Entries> entries;
    long newest = Long.MIN_VALUE;

    Part(Pieces<Entries> entries) {
      this.entries = entries;
    }
  }

  private final PriorityQueue<Part> parts =
      new PriorityQueue<>(Comparator.comparingLong((Part it) -> it.newest));

  private long newest = Long.MIN_VALUE;
  private long newestOfLastRound = Long.MIN_VALUE;

  /** How many records to read at a time of each of so many files. */
  static int recordsAtOnce(int files) {
    return Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, MOST_AHEAD / files));
  }

  /** The records of these files, none of which marks rounds of its own. */
  FolderEntries(List<Pieces<Entries>> files) {
    files.forEach(it -> parts.add(new Part(it)));
  }

  @Override
  public Entries next() {
    while (!parts.isEmpty()) {
      Part part = parts.poll();
      Entries read = part.entries.next();
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
