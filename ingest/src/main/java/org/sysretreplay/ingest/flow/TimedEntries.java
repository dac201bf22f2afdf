package org.sysretreplay.ingest.flow;

import java.util.Arrays;

/**
 * Entries in the order of a file, with their times beside them: whoever puts them into time order
 * need not touch the entries, which another processor has in its cache (benchmark IngestBench).
 */
public final class TimedEntries<E> {

  /**
   * The time of an entry that has none. No clock shows it; an entry of a damaged file that does is
   * taken for one without.
   */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final int FIRST_CAPACITY = 1 << 6;

  private Object[] entries = new Object[FIRST_CAPACITY];
  private long[] times = new long[FIRST_CAPACITY];
  private int size;

  /** Adds an entry; with {@link #NO_TIME} where it has none. */
  public void add(long timeNanos, E entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
    }
    entries[size] = entry;
    times[size] = timeNanos;
    size++;
  }

  public int size() {
    return size;
  }

  /** The time of that entry, or {@link #NO_TIME}. */
  public long timeNanos(int index) {
    return times[index];
  }

  /** Copies so many entries from that one on. */
  void copyEntries(int from, Object[] into, int at, int count) {
    System.arraycopy(entries, from, into, at, count);
  }

  /** That entry. */
  @SuppressWarnings("unchecked")
  public E entry(int index) {
    return (E) entries[index];
  }
}
