package org.sysretreplay.ingest.flow;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Puts entries into time order within bounded memory.
 *
 * <p>perf writes the buffers of the CPUs one after the other, round by round, and marks the end of
 * each round. Entries behind a mark are hardly ever older than the newest entry of the round before
 * the marked one. Some are: a kernel that is held up while it writes an entry hands it over some
 * rounds late. So the newest entries stay held back even then.
 *
 * <pre>
 * file     round 1         |  round 2          |  ...      | is a mark
 *          cpu 0    cpu 1  |  cpu 0    cpu 1   |
 * times    1 3 5    2 4 7  |  6 8 9    7 10 11 |
 * held    [1 3 5]  [2 4 7]   [6 8 9]  [7 10 11]    runs: nearly one for each buffer
 *             \      /           \      /
 *         [1 2 3 4 5 7]      [6 7 8 9 10 11]       neighbours are merged
 *                   \          /
 *         [1 2 3 4 5 6 7 7 8 9 10 11]              until one run is left
 *          ^-------------^
 *          due at the second mark: not later than 7, the newest of round 1,
 *          and not among the {@link #KEPT} newest
 * </pre>
 *
 * <p>Entries of equal time keep the order of the file. Rounds that are larger than the limit can
 * come out of order: see the constructor.
 */
public final class TimeOrder<E> {

  /**
   * The usual limit of held entries. Machines with many processors and large buffers can have
   * larger rounds, and a recording may have no marks.
   */
  public static final int MAX_HELD = 1 << 20;

  /**
   * How many of the newest entries stay held back at a mark. An entry that comes no later than that
   * still finds its place.
   */
  public static final int KEPT = 1 << 13;

  private static final int USUALLY_HELD = 1 << 6;

  private final int limit;

  /**
   * The entries, each at its number, with gaps where one was handed on. Sorting moves the numbers
   * alone: where a reference is stored, Java looks at the class of its object, which is in another
   * processor's cache (benchmark IngestBench).
   */
  private Object[] entries = new Object[USUALLY_HELD];

  private int entriesTo;

  /** The numbers of the entries that are due, from the next one on. */
  private int[] due = new int[USUALLY_HELD];

  private int dueFrom;
  private int dueTo;

  /** The numbers of the entries that are held back, and their times by the same index. */
  private int[] held = new int[USUALLY_HELD];

  private long[] times = new long[USUALLY_HELD];
  private int count;

  /** The arrays that runs are merged into; they are then swapped with the held ones. */
  private int[] mergedHeld = new int[0];

  private long[] mergedTimes = new long[0];

  private long last = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private long newestOfLastRound = Long.MIN_VALUE;

  /**
   * An order that holds nothing back yet.
   *
   * @param limit the most entries that are held back. When it is reached, the older half is due at
   *     once; an entry that is added later and is older comes out late, but none is lost.
   */
  public TimeOrder(int limit) {
    this.limit = limit;
  }

  /**
   * Takes entries in the order of the file.
   *
   * @param untimed gets the entries without a time, between those before and behind them
   */
  public void addAll(TimedEntries<E> read, Consumer<E> untimed) {
    int at = 0;
    while (at < read.size()) {
      if (read.timeNanos(at) == TimedEntries.NO_TIME) {
        untimed.accept(read.entry(at));
        at++;
      } else {
        at += addTimed(read, at);
      }
    }
  }

  /** Takes entries from that index up to one without a time, and gives how many. */
  private int addTimed(TimedEntries<E> read, int from) {
    int most = Math.min(read.size() - from, Math.max(1, limit - count));
    makeHeldRoom(most);
    int added = 0;
    long latest = newest;
    while (added < most) {
      long time = read.timeNanos(from + added);
      if (time == TimedEntries.NO_TIME) {
        break;
      }
      held[count + added] = entriesTo + added;
      times[count + added] = time;
      latest = Math.max(latest, time);
      added++;
    }
    read.copyEntries(from, entries, entriesTo, added);
    entriesTo += added;
    newest = latest;
    count += added;
    last = times[count - 1];
    releaseAtLimit();
    return added;
  }

  /** Takes the next entry in the order of the file. */
  public void add(long time, E entry) {
    makeHeldRoom(1);
    held[count] = entriesTo;
    times[count] = time;
    entries[entriesTo++] = entry;
    count++;
    last = time;
    newest = Math.max(newest, time);
    releaseAtLimit();
  }

  /** Makes room for so many more held entries. */
  private void makeHeldRoom(int more) {
    makeEntryRoom(more);
    if (count + more > held.length) {
      int size = Math.max(count + more, 2 * count);
      held = Arrays.copyOf(held, size);
      times = Arrays.copyOf(times, size);
    }
  }

  /** Makes room for so many more entries; those that are left move together. */
  private void makeEntryRoom(int more) {
    if (entriesTo + more > entries.length) {
      int left = count + dueTo - dueFrom;
      Object[] moved = new Object[Math.max(entries.length, 4 * (left + more))];
      entriesTo = 0;
      move(due, dueFrom, dueTo, moved);
      move(held, 0, count, moved);
      entries = moved;
    }
  }

  private void move(int[] numbers, int from, int to, Object[] into) {
    for (int i = from; i < to; i++) {
      into[entriesTo] = entries[numbers[i]];
      numbers[i] = entriesTo++;
    }
  }

  private void releaseAtLimit() {
    if (count >= limit) {
      sort();
      release(count / 2);
    }
  }

  /**
   * Takes an entry without a time that keeps its place behind the entry that was added last. If
   * none had a time yet, it is due at once.
   */
  public void addBehindLast(E entry) {
    if (newest == Long.MIN_VALUE) {
      addUntimed(entry);
    } else {
      add(last, entry);
    }
  }

  /** Takes an entry without a time that is due at once. */
  public void addUntimed(E entry) {
    makeEntryRoom(1);
    makeDueRoom(1);
    due[dueTo++] = entriesTo;
    entries[entriesTo++] = entry;
  }

  /** Takes the mark at the end of a round. Small rounds come out many at a time. */
  public void endRound() {
    if (count >= 2 * KEPT) {
      sort();
      release(heldUntilDue());
    }
    newestOfLastRound = newest;
  }

  /** How many of the held entries, which are sorted, are due at a mark. */
  private int heldUntilDue() {
    int first = 0;
    while (first < count - KEPT && times[first] <= newestOfLastRound) {
      first++;
    }
    return first;
  }

  /** Takes the end of the file: everything is due. */
  public void end() {
    sort();
    release(count);
  }

  /** Removes the next entry in time order; null if none is due. */
  @SuppressWarnings("unchecked")
  public E poll() {
    if (dueFrom == dueTo) {
      dueFrom = 0;
      dueTo = 0;
      return null;
    }
    int number = due[dueFrom++];
    E next = (E) entries[number];
    entries[number] = null;
    return next;
  }

  /** Makes room for so many more due entries. */
  private void makeDueRoom(int more) {
    if (dueTo + more > due.length) {
      int waiting = dueTo - dueFrom;
      int[] moved = new int[2 * (waiting + more)];
      System.arraycopy(due, dueFrom, moved, 0, waiting);
      due = moved;
      dueFrom = 0;
      dueTo = waiting;
    }
  }

  /** Merges neighbouring runs until one is left. Each buffer of a round is nearly one run. */
  private void sort() {
    while (runEnd(0) < count) {
      mergeRuns();
    }
  }

  /** The end of the run that begins at that index; within a run no time falls. */
  private int runEnd(int start) {
    int end = Math.min(start + 1, count);
    while (end < count && times[end - 1] <= times[end]) {
      end++;
    }
    return end;
  }

  private void mergeRuns() {
    if (mergedTimes.length < count) {
      mergedHeld = new int[held.length];
      mergedTimes = new long[times.length];
    }
    int start = 0;
    while (start < count) {
      int middle = runEnd(start);
      int end = runEnd(middle);
      merge(start, middle, end);
      start = end;
    }
    int[] sorted = mergedHeld;
    mergedHeld = held;
    held = sorted;
    long[] sortedTimes = mergedTimes;
    mergedTimes = times;
    times = sortedTimes;
  }

  /** Merges two neighbouring runs. If times are equal, the entry of the first run comes first. */
  private void merge(int start, int middle, int end) {
    int first = start;
    int second = middle;
    for (int to = start; to < end; to++) {
      boolean takeFirst = second == end || first < middle && times[first] <= times[second];
      int from = takeFirst ? first++ : second++;
      mergedHeld[to] = held[from];
      mergedTimes[to] = times[from];
    }
  }

  /** The first so many of the held entries, which are sorted, become due. */
  private void release(int first) {
    makeDueRoom(first);
    System.arraycopy(held, 0, due, dueTo, first);
    dueTo += first;
    System.arraycopy(held, first, held, 0, count - first);
    System.arraycopy(times, first, times, 0, count - first);
    count -= first;
  }
}
