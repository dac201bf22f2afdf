package org.sysretreplay.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.io.LocalInputFile;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.columnar.Footer;
import org.sysretreplay.ingest.frames.SmallRowGroups;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.PartFile;
import org.sysretreplay.ingest.store.StoreTable;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;

/** Stores of traces, and the same frames laid out in other ways. */
public final class SampleStores {

  private SampleStores() {}

  /** Makes a store of traces in that folder. */
  public static String of(Path folder, List<TraceInput> traces) {
    TraceStore store = TraceStore.at(folder.toString());
    store.prepare();
    traces.forEach(store::ingest);
    return store.location();
  }

  /** A writer of part files. */
  private interface PartWriter {

    /** Writes one of the parts; returns its number of rows. */
    long write(int part, Path file) throws IOException;
  }

  /** Lays the frames of a trace out in that many part files, in row groups of so many rows. */
  public static void split(String store, TraceInput trace, int parts, int groupRows)
      throws IOException {
    List<ExitFrame> frames = frames(trace);
    layOut(
        store,
        trace,
        parts,
        (part, file) -> {
          int from = frames.size() * part / parts;
          int to = frames.size() * (part + 1) / parts;
          SmallRowGroups.write(frames.subList(from, to), file, groupRows);
          return to - from;
        });
  }

  /** The same by DuckDB: without classes, cut at other rows, and not in the order of the trace. */
  public static void splitByAnother(String store, TraceInput trace, int parts) throws IOException {
    Path only = parts(store, trace).get(0);
    layOut(
        store,
        trace,
        parts,
        (part, file) -> {
          ForeignParquet.run(
              """
              copy (
                select * from read_parquet('%s', hive_partitioning = false) where seq %% %d = %d)
              to '%s' (format parquet, codec 'zstd', row_group_size 2048)
              """
                  .formatted(only, parts, part, file));
          return ForeignParquet.count(
              "read_parquet('%s', hive_partitioning = false)".formatted(file));
        });
  }

  private static void layOut(String location, TraceInput trace, int parts, PartWriter writer)
      throws IOException {
    TraceStore store = TraceStore.at(location);
    TraceRow before = row(location, trace);
    Path folder = parts(location, trace).get(0).getParent();
    List<PartFile> files = new ArrayList<>(before.parts());
    files.removeIf(it -> it.table() == StoreTable.FRAMES);
    for (int part = 0; part < parts; part++) {
      Path file = folder.resolve("part-%05d-of-%d.parquet".formatted(part, parts));
      long rows = writer.write(part, file);
      files.add(
          new PartFile(
              StoreTable.FRAMES,
              file.getFileName().toString(),
              Files.size(file),
              rows,
              sha256(file),
              Footer.sha256(new LocalInputFile(file))));
    }
    TraceRow after =
        new TraceRow(
            before.workload(),
            before.traceId(),
            before.source(),
            before.format(),
            before.header(),
            before.machine(),
            before.counts(),
            before.inKernel(),
            before.span(),
            files);
    store.publish(trace.traceId(), List.of(after));
  }

  private static TraceRow row(String location, TraceInput trace) {
    return TraceStore.at(location).read().traces().stream()
        .filter(it -> it.traceId().equals(trace.traceId()))
        .findFirst()
        .orElseThrow();
  }

  /** The part files of a trace's frames. */
  public static List<Path> parts(String location, TraceInput trace) {
    return TraceStore.at(location).read().parts(row(location, trace), Long.MAX_VALUE).stream()
        .map(it -> Path.of(it.file()))
        .toList();
  }

  /** The frames of a trace, those of interrupts of the kernel included, as a store has them. */
  public static List<ExitFrame> frames(TraceInput trace) {
    List<ExitFrame> frames = new ArrayList<>();
    try (CountingReader reader = trace.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        TraceFile.frame(reader.next()).ifPresent(frames::add);
      }
    }
    return frames;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
