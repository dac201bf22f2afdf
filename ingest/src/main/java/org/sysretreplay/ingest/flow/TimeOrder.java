package org.sysretreplay.ingest.flow;

import java.util.ArrayDeque;
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
  private final ArrayDeque<E> ready = new ArrayDeque<>();

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
    for (int i = 0; i < entries.size(); i++) {
      long time = entries.timeNanos(i);
      if (time == TimedEntries.NO_TIME) {
        untimed.accept(entries.entry(i));
      } else {
        add(time, entries.entry(i));
      }
    }
  }

  /** Takes an entry in file order. */
  public void add(long time, E entry) {
    if (count == held.length) {
      held = Arrays.copyOf(held, 2 * count);
      times = Arrays.copyOf(times, 2 * count);
    }
    held[count] = entry;
    times[count] = time;
    count++;
    last = time;
    newest = Math.max(newest, time);
    if (count >= limit) {
      sort();
      release(count / 2);
    }
  }

  /** Takes an entry that has no time and keeps its place behind the one that was added last. */
  public void addBehindLast(E entry) {
    add(last, entry);
  }

  /** Takes an entry that has no time and is due at once. */
  public void addUntimed(E entry) {
    ready.add(entry);
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
    return ready.poll();
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
    for (int i = 0; i < due; i++) {
      ready.add(entry(i));
    }
    System.arraycopy(held, due, held, 0, count - due);
    System.arraycopy(times, due, times, 0, count - due);
    Arrays.fill(held, count - due, count, null);
    count -= due;
  }

  @SuppressWarnings("unchecked")
  private E entry(int index) {
    return (E) held[index];
  }
}
