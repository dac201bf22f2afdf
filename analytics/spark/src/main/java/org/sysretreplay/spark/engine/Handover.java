package org.sysretreplay.spark.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * What one thread makes, taken by another: for work that hands on what it makes, where Spark asks
 * for it. Some of it is in memory, however much there is. Whoever takes ends it by {@link #close}.
 *
 * @param <T> what is made
 */
final class Handover<T> implements Iterator<T>, AutoCloseable {

  private static final int CHUNK = 1 << 12;
  private static final int CHUNKS = 4;

  private final BlockingQueue<Chunk<T>> made = new ArrayBlockingQueue<>(CHUNKS);
  private final Thread maker;

  private Chunk<T> current = new Chunk<>(List.of(), false, null);
  private int next;

  /**
   * Some of it.
   *
   * @param isLast whether nothing comes after it
   * @param failure why nothing does; null where all is made
   */
  private record Chunk<T>(List<T> items, boolean isLast, Throwable failure) {}

  /**
   * Work that hands on what it makes.
   *
   * @param <T> what it makes
   */
  interface Maker<T> {

    /** Does all of it. */
    void make(Consumer<T> to) throws Exception;
  }

  private Handover(Maker<T> work) {
    maker = new Thread(() -> run(work), Thread.currentThread().getName() + ", maker");
    maker.setDaemon(true);
  }

  /** Begins with the work. */
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
      // Nobody takes any more.
    }
  }

  /** What is made and not handed on yet. */
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

  /** Spark throws checked exceptions without declaring them, and so may its tasks. */
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
