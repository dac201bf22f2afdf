package org.sysretreplay.ingest;

import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Has a thread of its own read entries ahead, so that a large file uses two processors: on one its
 * records are taken apart and put into order, on the other they become frames.
 *
 * @param <C> what is read at a time
 */
public final class ReadAhead<C extends ChunkSource.Chunk> implements ChunkSource<C> {

  /** How many chunks wait at most; one more is being read. */
  private static final int MAX_WAITING = 4;

  /** A chunk, or the failure that came in its place. */
  private record Read<C>(C chunk, Throwable failure) {}

  private final String source;
  private final ChunkSource<C> entries;
  private final BlockingQueue<Read<C>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread;

  /**
   * Begins to read at once.
   *
   * @param source the file as the user named it
   */
  public ReadAhead(String source, ChunkSource<C> entries) {
    this.source = source;
    this.entries = entries;
    thread = new Thread(this::run, "read ahead of " + source);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      Read<C> read;
      do {
        read = read();
        waiting.put(read);
      } while (read.failure() == null && !read.chunk().entries().isEmpty());
    } catch (InterruptedException e) {
      // Closed: nobody wants more.
    }
  }

  private Read<C> read() {
    try {
      return new Read<>(entries.next(), null);
    } catch (RuntimeException | Error e) {
      return new Read<>(null, e);
    }
  }

  @Override
  public C next() {
    Read<C> read = take();
    if (read.failure() instanceof RuntimeException e) {
      throw e;
    }
    if (read.failure() instanceof Error e) {
      throw e;
    }
    return read.chunk();
  }

  private Read<C> take() {
    try {
      return waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TraceBytes.unreadable(source, new InterruptedIOException("interrupted"));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    entries.close();
  }
}
