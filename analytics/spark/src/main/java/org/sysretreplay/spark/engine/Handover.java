package org.sysretreplay.spark.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Hands items from a thread that produces them to one that iterates over them: for work that pushes
 * its results where Spark wants to pull them. Only some chunks of items are in memory at a time.
 * The consumer ends the producer by {@link #close}.
 *
 * @param <T> an item
 */
final class Handover<T> implements Iterator<T>, AutoCloseable {

  private static final int CHUNK = 1 << 12;
  private static final int CHUNKS = 4;

  private final BlockingQueue<Chunk<T>> made = new ArrayBlockingQueue<>(CHUNKS);
  private final Thread maker;

  private Chunk<T> current = new Chunk<>(List.of(), false, null);
  private int next;

  /**
   * Some items.
   *
   * @param isLast whether this is the last chunk
   * @param failure the exception that ended the work; null if it ended normally
   */
  private record Chunk<T>(List<T> items, boolean isLast, Throwable failure) {}

  /**
   * Work that produces items.
   *
   * @param <T> an item
   */
  interface Maker<T> {

    /** Does all of the work, and passes each item to {@code to}. */
    void make(Consumer<T> to) throws Exception;
  }

  private Handover(Maker<T> work) {
    maker = new Thread(() -> run(work), Thread.currentThread().getName() + ", maker");
    maker.setDaemon(true);
  }

  /** Starts the work in a thread of its own. */
  static <T> Handover<T> start(Maker<T> work) {
    Handover<T> handover = new Handover<>(work);
    handover.maker.start();
    return handover;
  }

  private void run(Maker<T> work) {
    try {
      Chunks chunks = new Chunks();
      Throwable failure = null;
      try {
        work.make(chunks::add);
      } catch (Exception | Error e) {
        failure = e;
      }
      made.put(new Chunk<>(chunks.items, true, failure));
    } catch (InterruptedException e) {
      // The consumer has closed the iterator.
    }
  }

  /** Collects the items of the next chunk. */
  private final class Chunks {

    private List<T> items = new ArrayList<>(CHUNK);

    void add(T item) {
      items.add(item);
      if (items.size() == CHUNK) {
        handOn();
      }
    }

    private void handOn() {
      try {
        made.put(new Chunk<>(items, false, null));
        items = new ArrayList<>(CHUNK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("nobody takes any more", e);
      }
    }
  }

  @Override
  public boolean hasNext() {
    while (next == current.items.size()) {
      if (current.failure != null) {
        throw Handover.<RuntimeException>asItIs(current.failure);
      }
      if (current.isLast) {
        return false;
      }
      current = take();
      next = 0;
    }
    return true;
  }

  private Chunk<T> take() {
    try {
      return made.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was interrupted", e);
    }
  }

  /** Throws a checked exception without declaring it, as Spark does. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E asItIs(Throwable failure) throws E {
    throw (E) failure;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.items.get(next++);
  }

  @Override
  public void close() {
    maker.interrupt();
  }
}
