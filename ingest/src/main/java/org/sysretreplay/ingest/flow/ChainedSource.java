package org.sysretreplay.ingest.flow;

import java.util.function.Supplier;

/**
 * The elements of one source, and then those of a second one, which is opened once the first has
 * ended and is closed.
 */
public final class ChainedSource<T> implements PullSource<T> {

  private final Supplier<PullSource<T>> others;
  private PullSource<T> current;
  private boolean last;

  /**
   * @param others opens the second source; called once
   */
  public ChainedSource(PullSource<T> first, Supplier<PullSource<T>> others) {
    this.others = others;
    current = first;
  }

  @Override
  public T next() {
    T next = current.next();
    if (next == null && !last) {
      last = true;
      current.close();
      current = others.get();
      next = current.next();
    }
    return next;
  }

  @Override
  public void close() {
    current.close();
  }
}
