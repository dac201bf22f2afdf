package org.sysretreplay.ingest.flow;

import java.util.Arrays;

/**
 * A list of entries in the order of a file, with their times beside them. So {@link TimeOrder}
 * sorts without touching the entries, which are in the cache of the processor that made them
 * (benchmark IngestBench).
 */
public final class TimedEntries<E> {

  /**
   * Stands for the time of an entry without a time. No clock shows it; an entry of a damaged file
   * with this time counts as one without.
   */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final int FIRST_CAPACITY = 1 << 6;

  private Object[] entries;
  private long[] times;
  private int size;

  /** An empty list. */
  public TimedEntries() {
    this(FIRST_CAPACITY);
  }

  /** An empty list with room for so many entries; it grows if there are more. At least one. */
  public TimedEntries(int likely) {
    entries = new Object[likely];
    times = new long[likely];
  }

  /** Adds an entry with its time, or {@link #NO_TIME}. */
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

  /** Copies {@code count} entries, beginning with that one. */
  void copyEntries(int from, Object[] into, int at, int count) {
    System.arraycopy(entries, from, into, at, count);
  }

  /** That entry. */
  @SuppressWarnings("unchecked")
  public E entry(int index) {
    return (E) entries[index];
  }
}
