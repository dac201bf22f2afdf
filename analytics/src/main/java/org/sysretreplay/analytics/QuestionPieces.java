package org.sysretreplay.analytics;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.StoredMaps;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Cuts the inputs of a question into pieces that workers do side by side.
 *
 * @param parallelism how many pieces are done at once
 * @param minPartBytes files are cut into parts of at least this size
 */
record QuestionPieces(int parallelism, long minPartBytes) {

  /** A piece of the inputs. */
  sealed interface Piece extends Serializable, Amount.Sized {

    /** A whole trace file. */
    record File(TraceInput trace) implements Piece {
      @Override
      public Amount amount() {
        return Amount.bytes(trace.bytes());
      }
    }

    /**
     * Rows of a store.
     *
     * @param maps the maps of the trace that the rows belong to
     */
    record Stored(FramePart rows, StoredMaps maps) implements Piece {
      @Override
      public Amount amount() {
        return Amount.bytes(rows.bytes());
      }
    }

    /**
     * Rows of a Parquet file that another program may have written.
     *
     * @param trace the index of the trace file in the list of inputs
     * @param bytes how much of the file the rows take
     */
    record Foreign(int trace, FramePart rows, long bytes) implements Piece {
      @Override
      public Amount amount() {
        return Amount.bytes(bytes);
      }
    }
  }

  /** Trace files; those that can be counted column by column are cut. */
  List<Piece> ofFiles(List<TraceInput> traces) {
    List<OptionalLong> bytes = traces.stream().map(QuestionPieces::bytesOfColumns).toList();
    long partBytes = partBytes(bytes.stream().mapToLong(it -> it.orElse(0)).sum());
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      if (bytes.get(i).isPresent()) {
        addParts(i, traces.get(i), bytes.get(i).getAsLong(), partBytes, pieces);
      } else {
        pieces.add(new Piece.File(traces.get(i)));
      }
    }
    return pieces;
  }

  /**
   * Stores, cut into parts.
   *
   * @param byAddress whether the question asks for the code that processes had mapped
   * @throws TraceException where a store cannot be read
   */
  List<Piece> ofStores(List<StoreSnapshot> stores, boolean byAddress) {
    long partBytes = partBytes(stores.stream().mapToLong(QuestionPieces::frameBytes).sum());
    List<Piece> pieces = new ArrayList<>();
    for (StoreSnapshot store : stores) {
      for (TraceRow trace : store.traces()) {
        StoredMaps maps = byAddress ? store.storedMaps(trace) : StoredMaps.NONE;
        store.parts(trace, partBytes).forEach(it -> pieces.add(new Piece.Stored(it, maps)));
      }
    }
    return pieces;
  }

  private long partBytes(long bytes) {
    return PartBytes.of(bytes, parallelism, minPartBytes);
  }

  private static long frameBytes(StoreSnapshot store) {
    return store.parts(Long.MAX_VALUE).stream().mapToLong(FramePart::bytes).sum();
  }

  /**
   * The size of a trace that can be counted column by column; empty for any other. A packed file
   * has to be unpacked from start to end, so it cannot; a file whose size cannot be read is refused
   * later, by the worker that opens it.
   */
  private static OptionalLong bytesOfColumns(TraceInput trace) {
    Path path = Path.of(trace.path());
    try {
      return trace.format() == TraceFormat.PARQUET
              && TraceBytes.packingOf(path) == TraceBytes.Packing.PLAIN
          ? OptionalLong.of(Files.size(path))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static void addParts(
      int index, TraceInput trace, long bytes, long partBytes, List<Piece> pieces) {
    Path path = Path.of(trace.path()).toAbsolutePath();
    for (long start = 0; start < bytes; start += partBytes) {
      long next = start + partBytes;
      // The last part is open-ended, so that it meets a row group whose recorded place is damaged.
      long end = next < bytes ? next : Long.MAX_VALUE;
      FramePart rows =
          new FramePart(trace.workload(), trace.traceId(), path.toString(), start, end, "");
      pieces.add(new Piece.Foreign(index, rows, Math.min(next, bytes) - start));
    }
  }
}
