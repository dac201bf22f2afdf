package org.sysretreplay.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts entries into time order within bounded memory.
 *
 * <p>perf writes the buffers of the CPUs one after the other, round by round, and marks the end of
 * each round: what comes later is not older than the newest entry of the round before the last one.
 * Entries of equal time keep the order of the file, and so come out as {@code perf script} prints
 * them. Larger rounds than memory is meant for can come out of order: see the constructor.
 */
public final class TimeOrder<E> {

  /**
   * How many entries are usually held back at most. Machines with many processors and large buffers
   * can have larger rounds, and a recording may lack the marks.
   */
  public static final int MAX_HELD = 1 << 20;

  private record Held<E>(long time, E entry) {}

  private final int limit;
  private final List<Held<E>> held = new ArrayList<>();
  private final ArrayDeque<E> ready = new ArrayDeque<>();
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

  /** Takes an entry in file order. */
  public void add(long time, E entry) {
    held.add(new Held<>(time, entry));
    newest = Math.max(newest, time);
    if (held.size() >= limit) {
      sort();
      release(held.size() / 2);
    }
  }

  /** Takes an entry that has no time and is due at once. */
  public void addUntimed(E entry) {
    ready.add(entry);
  }

  /** The mark at the end of a round. */
  public void endRound() {
    sort();
    int due = 0;
    while (due < held.size() && held.get(due).time() <= newestOfLastRound) {
      due++;
    }
    release(due);
    newestOfLastRound = newest;
  }

  /** The end of the file. */
  public void end() {
    sort();
    release(held.size());
  }

  /** The next entry in time order, if one is due. */
  public Optional<E> poll() {
    return Optional.ofNullable(ready.poll());
  }

  private void sort() {
    held.sort(Comparator.comparingLong(Held::time));
  }

  private void release(int count) {
    List<Held<E>> due = held.subList(0, count);
    due.forEach(it -> ready.add(it.entry()));
    due.clear();
  }
}
