package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.TraceException;

/** The traces that a store held at one moment, whatever happens to the store later. */
public final class StoreSnapshot {

  private final String location;
  private final FileTree files;
  private final Map<String, String> options;

  /** The rows of the traces, which are few compared to frames. */
  private final List<TraceRow> traces;

  /** The workload of all traces; if empty, each trace has its own. */
  private final Optional<String> workload;

  StoreSnapshot(
      String location, FileTree files, Map<String, String> options, List<TraceRow> traces) {
    this(location, files, options, traces, Optional.empty());
  }

  private StoreSnapshot(
      String location,
      FileTree files,
      Map<String, String> options,
      List<TraceRow> traces,
      Optional<String> workload) {
    this.location = location;
    this.files = files;
    this.options = options;
    this.traces = List.copyOf(traces);
    this.workload = workload;
  }

  /** The same with one workload for all traces; with their own if {@code name} is empty. */
  public StoreSnapshot under(Optional<String> name) {
    return new StoreSnapshot(location, files, options, traces, name);
  }

  /** The workload of a trace. */
  public String workload(TraceRow trace) {
    return workload.orElse(trace.workload());
  }

  /** The same without some traces, by their ids. */
  public StoreSnapshot without(Set<String> traceIds) {
    return new StoreSnapshot(
        location,
        files,
        options,
        traces.stream().filter(it -> !traceIds.contains(it.traceId())).toList(),
        workload);
  }

  /** The store's folder as the user named it. */
  public String location() {
    return location;
  }

  /** Settings of the Hadoop file system that the store lies on. */
  public Map<String, String> options() {
    return options;
  }

  /** All traces, by workload and trace. */
  public List<TraceRow> traces() {
    return traces;
  }

  /** Whether there is no trace. */
  public boolean isEmpty() {
    return traces.isEmpty();
  }

  /** The workloads that there are traces of, each once. */
  public List<String> workloads() {
    return traces.stream().map(this::workload).distinct().toList();
  }

  /** The sum of the counts of all traces. */
  public Counts counts(Reading reading) {
    return traces.stream().map(it -> it.counts(reading)).reduce(Counts.ZERO, Counts::plus);
  }

  /**
   * The files of all frames, in parts for one task each.
   *
   * @param maxBytes the largest size of a part, unless a row group is larger
   */
  public List<FramePart> parts(long maxBytes) {
    return traces.stream().flatMap(it -> parts(it, maxBytes).stream()).toList();
  }

  /** The files of one trace's frames in parts, in the order of the trace. */
  public List<FramePart> parts(TraceRow trace, long maxBytes) {
    List<FramePart> parts = new ArrayList<>();
    for (PartFile file : trace.parts(StoreTable.FRAMES)) {
      check(trace, file);
      String place = files.locate(trace.path(file));
      for (long start = 0; start < file.sizeBytes(); start += maxBytes) {
        long end = Math.min(start + maxBytes, file.sizeBytes());
        parts.add(
            new FramePart(
                workload(trace), trace.traceId(), place, start, end, file.footerSha256()));
      }
    }
    return parts;
  }

  /** The locations of a trace's part files in a table. */
  public List<String> files(TraceRow trace, StoreTable table) {
    return trace.parts(table).stream().map(it -> files.locate(trace.path(it))).toList();
  }

  /**
   * Makes sure that a part file is there and has its size, since otherwise counts would be wrong.
   */
  private void check(TraceRow trace, PartFile part) {
    String path = trace.path(part);
    long size;
    try {
      size = files.sizeBytes(path);
    } catch (IOException e) {
      throw faulty(files.locate(path), e);
    }
    if (size < 0) {
      throw TraceException.of(
          files.locate(path),
          "the %s of this trace are gone".formatted(part.table().folder()),
          trace.remedy());
    }
    if (size != part.sizeBytes()) {
      throw TraceException.of(
          files.locate(path),
          "it has %,d bytes, and the trace's row says %,d".formatted(size, part.sizeBytes()),
          trace.remedy());
    }
  }

  /** The error for a store, or a file of it, of which only all its files tell what is wrong. */
  static TraceException faulty(String place, IOException e) {
    return TraceException.of(
        place,
        "it cannot be read (" + OutputException.why(place, e) + ")",
        "\"sysret-replay verify STORE\" tells what is wrong",
        e);
  }

  /**
   * Gives every reject of every trace, in no particular order.
   *
   * @throws TraceException if they cannot be read
   */
  public void forEachReject(Consumer<Reject> to) {
    try (ParquetFiles parquet = new ParquetFiles(options)) {
      for (TraceRow trace : traces) {
        forEachReject(trace, parquet, to);
      }
    }
  }

  private void forEachReject(TraceRow trace, ParquetFiles parquet, Consumer<Reject> to) {
    if (trace.counts().rejected() > 0) {
      for (PartFile part : trace.parts(StoreTable.REJECTS)) {
        check(trace, part);
        read(trace.path(part), part.footerSha256(), parquet, to);
      }
    }
  }

  private void read(String path, String footer, ParquetFiles parquet, Consumer<Reject> to) {
    try (ParquetFileReader reader = parquet.open(files.open(path), footer)) {
      SmallTable.read(reader, it -> to.accept(RejectTable.reject(it)));
    } catch (IOException | RuntimeException e) {
      throw unreadable(files.locate(path), StoreTable.REJECTS, e);
    }
  }

  static TraceException unreadable(String file, StoreTable table, Exception e) {
    return TraceException.of(
        file,
        "it cannot be read as %s (%s)".formatted(table.folder(), OutputException.why(e)),
        "ingest the trace again",
        e);
  }

  /**
   * The file of a trace's mappings; {@link StoredMaps#NONE} if it has none, or was written by a
   * version that did not keep them.
   *
   * @throws TraceException if the file is gone or has another size
   */
  public StoredMaps storedMaps(TraceRow trace) {
    List<PartFile> parts = trace.parts(StoreTable.MAPS);
    if (parts.isEmpty()) {
      return StoredMaps.NONE;
    }
    check(trace, parts.get(0));
    return new StoredMaps(files.locate(trace.path(parts.get(0))), parts.get(0).footerSha256());
  }

  /**
   * Reads the mappings of a trace.
   *
   * @throws TraceException if it cannot be read
   */
  public ExecutableMaps maps(TraceRow trace) {
    StoredMaps stored = storedMaps(trace);
    try (ParquetFiles parquet = new ParquetFiles(options)) {
      return stored.read(parquet);
    }
  }
}
