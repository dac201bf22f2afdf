package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Workers that are threads of this process. */
public final class LocalWorkers implements Workers {

  private static final String INTERRUPTED = "the work was interrupted.";

  private final int processors;
  private final Progress progress;

  /** One thread for each processor. */
  public LocalWorkers(Progress progress) {
    this(Runtime.getRuntime().availableProcessors(), progress);
  }

  /**
   * @param processors how many threads work at the same time
   */
  public LocalWorkers(int processors, Progress progress) {
    this.processors = processors;
    this.progress = progress;
  }

  @Override
  public int parallelism() {
    return processors;
  }

  @Override
  public Map<String, String> fileSystemOptions() {
    return Map.of();
  }

  @Override
  public <I extends Serializable, O> O merge(String name, List<I> items, Work<I, O> work) {
    int threads = Math.min(processors, items.size());
    try (Progress.Bar bar = progress.begin(name, items.size(), Amount.ofAll(items))) {
      if (threads <= 1) {
        return sum(items, new AtomicInteger(), work, bar);
      }
      AtomicInteger next = new AtomicInteger();
      Pool<O> pool = new Pool<>(threads);
      try {
        for (int i = 0; i < threads; i++) {
          pool.submit(() -> sum(items, next, work, bar));
        }
        O sum = work.zero();
        for (int i = 0; i < threads; i++) {
          sum = work.merge(sum, pool.take());
        }
        return sum;
      } finally {
        next.set(items.size());
        pool.close();
      }
    }
  }

  /** Takes items until none is left, or until the work on one has failed. */
  private static <I, O> O sum(
      List<I> items, AtomicInteger next, Work<I, O> work, Progress.Bar bar) {
    try {
      O sum = work.zero();
      for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
        checkNotInterrupted();
        sum = work.merge(sum, work.of(items.get(i)));
        bar.step(Amount.of(items.get(i)));
      }
      return sum;
    } catch (RuntimeException | Error e) {
      next.set(items.size());
      throw e;
    }
  }

  private static void checkNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new WorkersException(INTERRUPTED, null);
    }
  }

  @Override
  public <I extends Serializable, O extends Serializable> void each(
      String name,
      List<I> items,
      long heapBytesEach,
      Each<I, O> work,
      BiConsumer<I, O> done,
      Consumer<O> unwanted) {
    Pool<O> pool = new Pool<>(threads(items.size(), heapBytesEach));
    int handedOn = 0;
    try (Progress.Bar bar = progress.begin(name, items.size(), Amount.ofAll(items))) {
      items.forEach(item -> pool.submit(() -> work.of(item)));
      for (I item : items) {
        O made = pool.take();
        handedOn++;
        done.accept(item, made);
        bar.step(Amount.of(item));
      }
    } finally {
      pool.close();
      pool.made(handedOn).forEach(unwanted);
    }
  }

  private int threads(int items, long heapBytesEach) {
    long fit = Runtime.getRuntime().maxMemory() / Math.max(1, heapBytesEach);
    return (int) Math.max(1, Math.min(Math.min(processors, items), fit));
  }

  @Override
  public void close() {
    // Threads end with the work that they were made for.
  }

  /** A pool of threads whose results are taken in the order in which the work was submitted. */
  private static final class Pool<T> {

    private final ExecutorService threads;
    private final List<Future<T>> results = new ArrayList<>();
    private int taken;

    Pool(int size) {
      threads = Executors.newFixedThreadPool(size, Pool::thread);
    }

    private static Thread thread(Runnable work) {
      Thread thread = new Thread(work, "worker");
      thread.setDaemon(true);
      return thread;
    }

    void submit(Callable<T> work) {
      results.add(threads.submit(work));
    }

    T take() {
      try {
        return results.get(taken++).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkersException(INTERRUPTED, e);
      }
    }

    /** Cancels what has not begun, and returns once all that has begun is finished. */
    void close() {
      threads.shutdownNow();
      boolean interrupted = false;
      boolean ended = false;
      while (!ended) {
        try {
          ended = threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** The results of all pieces from this index on that succeeded. */
    List<T> made(int from) {
      List<T> made = new ArrayList<>();
      for (Future<T> result : results.subList(from, results.size())) {
        if (result.isDone() && !result.isCancelled()) {
          addMade(result, made);
        }
      }
      return made;
    }

    private void addMade(Future<T> result, List<T> to) {
      try {
        to.add(result.get());
      } catch (ExecutionException e) {
        // The whole work fails with its first failure; this one adds nothing.
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
