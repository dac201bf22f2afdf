package org.sysretreplay.ingest.flow;

import java.util.function.Supplier;

/** Pieces, and, once these have ended and are closed, others behind them. */
public final class Succession<T> implements Pieces<T> {

  private final Supplier<Pieces<T>> others;
  private Pieces<T> current;
  private boolean last;

  /**
   * @param others asked for once, when the first have ended
   */
  public Succession(Pieces<T> first, Supplier<Pieces<T>> others) {
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
