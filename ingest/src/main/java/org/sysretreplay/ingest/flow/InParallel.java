package org.sysretreplay.ingest.flow;

import java.io.InterruptedIOException;
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
import org.sysretreplay.ingest.trace.TraceBytes;

/**
 * Has threads of its own take the pieces of a large file apart, all processors at once, and hands
 * on what they make of them in the order of the file (benchmark IngestBench).
 *
 * @param <P> a piece, which one thread at a time cuts off
 * @param <T> what is made of a piece
 */
public final class InParallel<P, T> implements Pieces<T> {

  /** How many pieces wait at most for each thread; some more are being taken apart. */
  private static final int WAITING_PER_THREAD = 2;

  /** The threads of all files that are read now. */
  private static final AtomicInteger RUNNING = new AtomicInteger();

  private final String source;
  private final Pieces<P> pieces;

  /** What is or will be made, in the order of the pieces; null is the end. */
  private final BlockingQueue<CompletableFuture<T>> made;

  private final List<Thread> threads;

  /** Whether the last piece was cut off, or none could be. */
  private boolean cut;

  private volatile boolean closed;

  /** What is handed on next; null where it was not asked for. The end and a failure stay. */
  private CompletableFuture<T> awaited;

  /**
   * Begins at once.
   *
   * @param source the file as the user named it
   * @param threads how many; at least one
   * @param pieces is closed with this
   * @param makers gives each thread what it takes pieces apart with; what it throws comes in the
   *     place of what it would have made
   */
  public InParallel(String source, int threads, Pieces<P> pieces, Supplier<Function<P, T>> makers) {
    this.source = source;
    this.pieces = pieces;
    made = new ArrayBlockingQueue<>(WAITING_PER_THREAD * threads);
    this.threads = Stream.generate(() -> thread(makers.get())).limit(threads).toList();
    RUNNING.addAndGet(threads);
    this.threads.forEach(Thread::start);
  }

  /**
   * How many threads to read a file with beside the one that asks: all processors, or, where other
   * files are read at the same time, those that are left. Who was {@link GivenProcessors given}
   * some has those beside its own, which may be none.
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

  /** A piece, and where what is made of it is waited for. */
  private record Task<P, T>(P piece, CompletableFuture<T> result) {}

  private void run(Function<P, T> maker) {
    try {
      for (Task<P, T> task = take(); task != null; task = take()) {
        make(task, maker);
      }
    } catch (InterruptedException e) {
      // Closed: nobody wants more.
    }
  }

  private static <P, T> void make(Task<P, T> task, Function<P, T> maker) {
    try {
      task.result().complete(maker.apply(task.piece()));
    } catch (RuntimeException | Error e) {
      task.result().completeExceptionally(e);
    }
  }

  /** Cuts off the next piece, as soon as there is room for what is made of it; null at the end. */
  private synchronized Task<P, T> take() throws InterruptedException {
    if (cut || closed) {
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
    cut = true;
    return null;
  }

  /** Whoever is interrupted while waiting can ask for the same piece again. */
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
      throw TraceBytes.unreadable(source, new InterruptedIOException("interrupted"));
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    threads.forEach(Thread::interrupt);
    // Whoever waits for room has it now, and sees that it is not wanted, even if not interrupted.
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

  /** Waits until the thread ends; whether the waiting one was interrupted meanwhile. */
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
