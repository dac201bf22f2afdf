package org.sysretreplay.analytics.verdict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.analytics.Amount;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;

/** A piece of the inputs: frames of one trace that one worker reads. */
public sealed interface Piece extends Serializable, Amount.Sized {

  /** A whole trace file. */
  record File(int number, TraceInput trace) implements Piece {
    @Override
    public String traceId() {
      return trace.traceId();
    }

    @Override
    public String source() {
      return trace.file();
    }

    @Override
    public Amount amount() {
      return Amount.bytes(trace.bytes());
    }

    @Override
    public Piece numbered(int other) {
      return new File(other, trace);
    }
  }

  /** Rows of a store. */
  record Stored(int number, FramePart rows) implements Piece {
    @Override
    public String traceId() {
      return rows.trace();
    }

    @Override
    public String source() {
      return rows.file();
    }

    @Override
    public Amount amount() {
      return Amount.bytes(rows.bytes());
    }

    @Override
    public Piece numbered(int other) {
      return new Stored(other, rows);
    }
  }

  /** The number of the part of the output that it becomes. */
  int number();

  /** The id of the frames' trace. */
  String traceId();

  /** The file that the frames are read from. */
  String source();

  /** The same piece with another number. */
  Piece numbered(int other);

  /**
   * All inputs in pieces: the trace files in their order, then each store's traces by workload and
   * name.
   *
   * @param partBytes the most bytes of a store's part file in a piece; a piece has at least one row
   *     group
   */
  static List<Piece> all(Inputs inputs, List<StoreSnapshot> stores, long partBytes) {
    List<Piece> pieces = new ArrayList<>();
    inputs.traces().forEach(it -> pieces.add(new File(pieces.size(), it)));
    stores.stream()
        .flatMap(it -> it.parts(partBytes).stream())
        .forEach(it -> pieces.add(new Stored(pieces.size(), it)));
    return pieces;
  }
}
