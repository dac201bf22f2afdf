package org.sysretreplay.ingest.flow;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Maps the pieces of a large file on several threads at once, and hands the results on in the order
 * of the file (benchmark IngestBench).
 *
 * @param <P> a piece of the file; one thread at a time takes the next
 * @param <T> the result for a piece
 */
public final class ParallelMapper<P, T> implements PullSource<T> {

  /** How many results wait at most for each thread, besides those that are being made. */
  private static final int WAITING_PER_THREAD = 2;

  /** The number of threads of all mappers of this process. */
  private static final AtomicInteger RUNNING = new AtomicInteger();

  private final String source;
  private final PullSource<P> pieces;

  /** The present and future results, in the order of the pieces; a result of null is the end. */
  private final BlockingQueue<CompletableFuture<T>> made;

  private final List<Thread> threads;

  /** Whether no piece is left, or none could be taken. */
  private boolean ended;

  private volatile boolean closed;

  /**
   * The result that is handed on next; null before it is asked for. The end and a failure stay
   * here.
   */
  private CompletableFuture<T> awaited;

  /**
   * Starts the threads at once.
   *
   * @param source the file as the user named it
   * @param threads how many threads map; at least one
   * @param pieces the pieces; closed with this mapper
   * @param makers gives each thread its own function; an exception that it throws takes the place
   *     of the result
   */
  public ParallelMapper(
      String source, int threads, PullSource<P> pieces, Supplier<Function<P, T>> makers) {
    this.source = source;
    this.pieces = pieces;
    made = new ArrayBlockingQueue<>(WAITING_PER_THREAD * threads);
    this.threads = Stream.generate(() -> thread(makers.get())).limit(threads).toList();
    RUNNING.addAndGet(threads);
    this.threads.forEach(Thread::start);
  }

  /**
   * How many threads should map beside the calling one: one for each processor, less those of other
   * mappers. If this thread was {@link GivenProcessors given} a number of processors, those beside
   * its own, which may be none.
   */
  public static int freeProcessors() {
    OptionalInt given = GivenProcessors.given();
    return given.isPresent()
        ? given.getAsInt() - 1
        : Math.max(1, Runtime.getRuntime().availableProcessors() - RUNNING.get());
  }

  private Thread thread(Function<P, T> maker) {
    Thread thread = new Thread(() -> run(maker), "read ahead of " + source);
    thread.setDaemon(true);
    return thread;
  }

  /** A piece, and its future result. */
  private record Task<P, T>(P piece, CompletableFuture<T> result) {}

  private void run(Function<P, T> maker) {
    try {
      for (Task<P, T> task = take(); task != null; task = take()) {
        make(task, maker);
      }
    } catch (InterruptedException e) {
      // The mapper was closed.
    }
  }

  private static <P, T> void make(Task<P, T> task, Function<P, T> maker) {
    try {
      task.result().complete(maker.apply(task.piece()));
    } catch (RuntimeException | Error e) {
      task.result().completeExceptionally(e);
    }
  }

  /** Takes the next piece once there is room for its result; null at the end. */
  private synchronized Task<P, T> take() throws InterruptedException {
    if (ended || closed) {
      return null;
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    made.put(result);
    try {
      P piece = pieces.next();
      if (piece != null) {
        return new Task<>(piece, result);
      }
      result.complete(null);
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
    ended = true;
    return null;
  }

  /** A caller that is interrupted while it waits can ask for the same result again. */
  @Override
  public T next() {
    try {
      if (awaited == null) {
        awaited = made.take();
      }
      T next = awaited.get();
      awaited = next == null ? awaited : null;
      return next;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TraceException.of(source, "reading it was interrupted", "start again", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    threads.forEach(Thread::interrupt);
    // A thread that waits for room has it now, and sees that the mapper is closed.
    made.clear();
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    RUNNING.addAndGet(-threads.size());
    pieces.close();
  }

  /** Waits until the thread ends, and says whether the caller was interrupted meanwhile. */
  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
