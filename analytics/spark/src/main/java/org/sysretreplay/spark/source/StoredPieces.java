package org.sysretreplay.spark.source;

import java.io.FileNotFoundException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.InputPartition;
import org.sysretreplay.analytics.PartBytes;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.store.PartFile;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.StoreTable;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.WallClock;

/**
 * The part files of stores that a query reads, divided among tasks.
 *
 * @param partitions one for each task
 * @param traces how many traces are read
 * @param allTraces how many traces the stores have
 * @param bytes the size of all files
 * @param rows the rows of all files
 */
record StoredPieces(List<Some> partitions, int traces, int allTraces, long bytes, long rows) {

  /**
   * Rows of one trace.
   *
   * @param hasKernels whether some rows may be interrupts that hit the kernel, which are no returns
   * @param clock what the trace tells about the time of day
   */
  record Piece(FramePart part, boolean hasKernels, WallClock clock) implements Serializable {}

  /**
   * The error of a part that cannot be read; the store has changed if its file is gone, since a
   * trace that is ingested again gets other files.
   */
  static TraceException unreadable(FramePart part, TraceException usual) {
    // The JDK throws the same for a file that may not be read.
    boolean isThere = FileTrees.local(part.file()).filter(Files::exists).isPresent();
    for (Throwable it = usual; it != null && !isThere; it = it.getCause()) {
      if (it instanceof NoSuchFileException || it instanceof FileNotFoundException) {
        return gone(part.file(), part.trace(), StoreTable.FRAMES, usual);
      }
    }
    return usual;
  }

  /**
   * The error of a table of a trace that cannot be read; the store has changed if the trace is no
   * longer in it as it was.
   */
  static TraceException unreadable(
      StoreSnapshot store, TraceRow trace, StoreTable table, TraceException usual) {
    boolean isThere =
        TraceStore.toRead(store.location(), store.options()).read().traces().contains(trace);
    return isThere ? usual : gone(store.location(), trace.traceId(), table, usual);
  }

  private static TraceException gone(
      String place, String trace, StoreTable table, TraceException cause) {
    return TraceException.of(
        place,
        "the store has changed since it was loaded, and the %s of %s are gone"
            .formatted(table.folder(), trace),
        "load it again",
        cause);
  }

  /** The pieces that one task reads. */
  record Some(List<Piece> pieces, Map<String, String> settings) implements InputPartition {}

  /** The pieces of all traces that may have a row that the filter wants. */
  static StoredPieces of(List<StoreSnapshot> stores, RowFilter filter) {
    int all = stores.stream().mapToInt(it -> it.traces().size()).sum();
    List<StoreSnapshot> wanted = stores.stream().map(it -> wanted(it, filter)).toList();
    List<PartFile> files =
        wanted.stream()
            .flatMap(it -> it.traces().stream())
            .flatMap(it -> it.parts(StoreTable.FRAMES).stream())
            .toList();
    long bytes = files.stream().mapToLong(PartFile::sizeBytes).sum();
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    long partBytes = PartBytes.of(bytes, cores);
    List<Some> partitions = new ArrayList<>();
    wanted.forEach(it -> add(it, partBytes, partitions));
    return new StoredPieces(
        List.copyOf(partitions),
        wanted.stream().mapToInt(it -> it.traces().size()).sum(),
        all,
        bytes,
        files.stream().mapToLong(PartFile::rows).sum());
  }

  private static StoreSnapshot wanted(StoreSnapshot store, RowFilter filter) {
    List<TraceRow> traces =
        store.traces().stream()
            .filter(
                it -> !filter.excludes(new PerfScan.OfTrace(filter, it.workload(), it.traceId())))
            .toList();
    return TraceStore.toRead(store.location(), store.options()).of(traces);
  }

  /** Small files share a task, since starting a task for each would take longer than reading it. */
  private static void add(StoreSnapshot store, long partBytes, List<Some> to) {
    List<Piece> pieces = new ArrayList<>();
    long bytes = 0;
    for (TraceRow trace : store.traces()) {
      for (FramePart part : parts(store, trace, partBytes)) {
        if (bytes > 0 && bytes + part.bytes() > partBytes) {
          to.add(new Some(List.copyOf(pieces), store.options()));
          pieces.clear();
          bytes = 0;
        }
        pieces.add(new Piece(part, trace.inKernel() > 0, trace.header().clock()));
        bytes += part.bytes();
      }
    }
    if (!pieces.isEmpty()) {
      to.add(new Some(List.copyOf(pieces), store.options()));
    }
  }

  private static List<FramePart> parts(StoreSnapshot store, TraceRow trace, long partBytes) {
    try {
      return store.parts(trace, partBytes);
    } catch (TraceException e) {
      throw Refusal.of(unreadable(store, trace, StoreTable.FRAMES, e));
    }
  }

  /** The description in Spark's plan. */
  String describe() {
    return String.format(Locale.ROOT, "%d of %d traces, %,d rows", traces, allTraces, rows);
  }
}
