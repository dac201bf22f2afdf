package org.sysretreplay.ingest.text;

import java.util.function.Function;
import org.sysretreplay.ingest.flow.Pieces;

/** Takes pieces apart as they are asked for. */
record InTurn<P, T>(Pieces<P> pieces, Function<P, T> maker) implements Pieces<T> {

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
