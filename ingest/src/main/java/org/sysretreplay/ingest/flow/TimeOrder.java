package org.sysretreplay.ingest.flow;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Puts entries into time order within bounded memory.
 *
 * <p>perf writes the buffers of the CPUs one after the other, round by round, and marks the end of
 * each round: what comes later is hardly ever older than the newest entry of the round before the
 * last one. A kernel that is held up while it writes an entry hands it over some rounds late, so
 * that the newest entries stay held back even so. Entries of equal time keep the order of the file.
 * Larger rounds than memory is meant for can come out of order: see the constructor.
 */
public final class TimeOrder<E> {

  /**
   * How many entries are usually held back at most. Machines with many processors and large buffers
   * can have larger rounds, and a recording may lack the marks.
   */
  public static final int MAX_HELD = 1 << 20;

  /**
   * How many of the newest entries stay held back, whatever a mark says: an entry that is late by
   * no more than these still finds its place.
   */
  public static final int KEPT = 1 << 13;

  private static final int USUALLY_HELD = 1 << 6;

  private final int limit;

  /** What is due, from the one on that comes out next. Arrays, which are copied at once. */
  private Object[] ready = new Object[USUALLY_HELD];

  private int readyFrom;
  private int readyTo;

  /** What is held back: entry i has time i. Arrays, so that sorting moves no objects. */
  private Object[] held = new Object[USUALLY_HELD];

  private long[] times = new long[USUALLY_HELD];
  private int count;

  /** Where the merged entries go, which then are the held ones. */
  private Object[] mergedHeld = new Object[0];

  private long[] mergedTimes = new long[0];

  private long last = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private long newestOfLastRound = Long.MIN_VALUE;

  /**
   * Nothing held back yet.
   *
   * @param limit how many entries are held back at most. When it is reached, the older half comes
   *     out, sure or not; an entry that is added later and is older than these comes out late, and
   *     none is lost.
   */
  public TimeOrder(int limit) {
    this.limit = limit;
  }

  /**
   * Takes entries in file order.
   *
   * @param untimed gets those that have no time, in their turn
   */
  public void addAll(TimedEntries<E> entries, Consumer<E> untimed) {
    int at = 0;
    while (at < entries.size()) {
      if (entries.timeNanos(at) == TimedEntries.NO_TIME) {
        untimed.accept(entries.entry(at));
        at++;
      } else {
        at += addTimed(entries, at);
      }
    }
  }

  /** Takes the timed entries from there on, up to one without a time; how many that are. */
  private int addTimed(TimedEntries<E> entries, int from) {
    int most = Math.min(entries.size() - from, Math.max(1, limit - count));
    makeRoom(most);
    int added = 0;
    long latest = newest;
    while (added < most) {
      long time = entries.timeNanos(from + added);
      if (time == TimedEntries.NO_TIME) {
        break;
      }
      times[count + added] = time;
      latest = Math.max(latest, time);
      added++;
    }
    entries.copyEntries(from, held, count, added);
    newest = latest;
    count += added;
    last = times[count - 1];
    releaseAtLimit();
    return added;
  }

  /** Takes an entry in file order. */
  public void add(long time, E entry) {
    makeRoom(1);
    held[count] = entry;
    times[count] = time;
    count++;
    last = time;
    newest = Math.max(newest, time);
    releaseAtLimit();
  }

  private void makeRoom(int more) {
    if (count + more > held.length) {
      int size = Math.max(count + more, 2 * count);
      held = Arrays.copyOf(held, size);
      times = Arrays.copyOf(times, size);
    }
  }

  private void releaseAtLimit() {
    if (count >= limit) {
      sort();
      release(count / 2);
    }
  }

  /**
   * Takes an entry that has no time and keeps its place behind the one that was added last; where
   * there was none with a time, it is due at once.
   */
  public void addBehindLast(E entry) {
    if (newest == Long.MIN_VALUE) {
      addUntimed(entry);
    } else {
      add(last, entry);
    }
  }

  /** Takes an entry that has no time and is due at once. */
  public void addUntimed(E entry) {
    makeReady(1);
    ready[readyTo++] = entry;
  }

  /** The mark at the end of a round. Small rounds are let out many at a time. */
  public void endRound() {
    if (count >= 2 * KEPT) {
      sort();
      release(due());
    }
    newestOfLastRound = newest;
  }

  private int due() {
    int due = 0;
    while (due < count - KEPT && times[due] <= newestOfLastRound) {
      due++;
    }
    return due;
  }

  /** The end of the file. */
  public void end() {
    sort();
    release(count);
  }

  /** Takes out the next entry in time order; null where none is due. */
  public E poll() {
    if (readyFrom == readyTo) {
      readyFrom = 0;
      readyTo = 0;
      return null;
    }
    E next = entry(ready, readyFrom);
    ready[readyFrom++] = null;
    return next;
  }

  /** Makes room for so many more that are due. */
  private void makeReady(int more) {
    if (readyTo + more > ready.length) {
      int waiting = readyTo - readyFrom;
      Object[] moved = new Object[2 * (waiting + more)];
      System.arraycopy(ready, readyFrom, moved, 0, waiting);
      ready = moved;
      readyFrom = 0;
      readyTo = waiting;
    }
  }

  /** Merges neighbouring runs until one is left: each buffer of a round is nearly one run. */
  private void sort() {
    while (runEnd(0) < count) {
      mergeRuns();
    }
  }

  /** The end of the run that begins there: its times do not fall. */
  private int runEnd(int start) {
    int end = Math.min(start + 1, count);
    while (end < count && times[end - 1] <= times[end]) {
      end++;
    }
    return end;
  }

  private void mergeRuns() {
    if (mergedTimes.length < count) {
      mergedHeld = new Object[held.length];
      mergedTimes = new long[times.length];
    }
    int start = 0;
    while (start < count) {
      int middle = runEnd(start);
      int end = runEnd(middle);
      merge(start, middle, end);
      start = end;
    }
    Object[] sorted = mergedHeld;
    mergedHeld = held;
    held = sorted;
    long[] sortedTimes = mergedTimes;
    mergedTimes = times;
    times = sortedTimes;
    Arrays.fill(mergedHeld, 0, count, null);
  }

  /** Of equal times the first run's entry comes first. */
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

  private void release(int due) {
    makeReady(due);
    System.arraycopy(held, 0, ready, readyTo, due);
    readyTo += due;
    System.arraycopy(held, due, held, 0, count - due);
    System.arraycopy(times, due, times, 0, count - due);
    Arrays.fill(held, count - due, count, null);
    count -= due;
  }

  @SuppressWarnings("unchecked")
  private static <E> E entry(Object[] entries, int index) {
    return (E) entries[index];
  }
}
