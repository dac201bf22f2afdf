package org.sysretreplay.ingest.text;

import java.util.function.Function;
import org.sysretreplay.ingest.flow.PullSource;

/**
 * Maps the elements of a source one by one on the thread that asks, as {@link ParallelMapper} does
 * on several.
 */
record SequentialMapper<P, T>(PullSource<P> pieces, Function<P, T> maker) implements PullSource<T> {

  @Override
  public T next() {
    P piece = pieces.next();
    return piece == null ? null : maker.apply(piece);
  }

  @Override
  public void close() {
    pieces.close();
  }
}
