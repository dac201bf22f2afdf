package org.sysretreplay.spark.source;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Stores as a table: the traces that they held when it was loaded, whatever happens to the stores
 * later.
 */
record StoredTable(SourceOptions options, List<StoreSnapshot> stores) implements SupportsRead {

  /**
   * A table of what the stores hold now; one that is named twice counts once.
   *
   * @throws RuntimeException Spark's AnalysisException, if one is empty or cannot be read
   */
  static StoredTable load(SourceOptions options) {
    Map<String, String> settings = HadoopSettings.own(SourcePaths.configuration());
    List<StoreSnapshot> stores = new ArrayList<>();
    for (String path : options.paths()) {
      StoreSnapshot store = read(path, settings);
      if (stores.stream().noneMatch(it -> isSame(it.location(), store.location()))) {
        stores.add(store);
      }
    }
    return new StoredTable(options, List.copyOf(stores));
  }

  /** Whether two locations are one store, on this machine or elsewhere. */
  private static boolean isSame(String left, String right) {
    return new Path(left).equals(new Path(right)) || FoundSources.isSame(left, right);
  }

  private static StoreSnapshot read(String path, Map<String, String> settings) {
    try {
      String place = location(path);
      StoreSnapshot store = TraceStore.toRead(place, settings).read();
      if (store.isEmpty()) {
        throw Refusal.of(path + ": " + complaint(path, place));
      }
      return store;
    } catch (TraceException | OutputException e) {
      throw Refusal.of(e);
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.of(
          "%s: it cannot be read (%s); check the name.".formatted(path, e.getMessage()));
    }
  }

  /** Why there is no trace at the place that the path stands for, and what to do. */
  private static String complaint(String path, String place) throws IOException {
    Optional<java.nio.file.Path> here = FileTrees.local(place).filter(Files::exists);
    if (here.isEmpty() && LocalPaths.isGlob(path)) {
      return "there is no such store; name each store, since globs stand for recordings only.";
    }
    return here.isPresent() && holdsStores(here.get())
        ? "this is no store, but a folder of stores; name each of them."
        : "there is no trace in this store; ingest one, or check the name.";
  }

  private static boolean holdsStores(java.nio.file.Path folder) throws IOException {
    try (Stream<java.nio.file.Path> children = Files.list(folder)) {
      return children.anyMatch(TraceInputs::isStore);
    }
  }

  /**
   * The path on the session's default file system, if it has no scheme; an absolute one on this
   * machine, because executors work in other folders.
   */
  private static String location(String path) throws IOException {
    boolean hasScheme = FileTrees.local(path).isEmpty() || path.startsWith("file:");
    FileSystem usual = FileSystem.get(SourcePaths.configuration());
    return hasScheme || usual.getScheme().equals("file")
        ? FoundSources.absolute(path)
        : usual.makeQualified(new Path(path)).toString();
  }

  @Override
  public String name() {
    return "sysret-store " + String.join(", ", options.paths());
  }

  @Override
  public Column[] columns() {
    return SourceSchema.columns(options);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap all) {
    return switch (options.table()) {
      case FRAMES -> new StoredScanBuilder(options, stores);
      case REJECTS -> () -> new StoredRejects(stores, SourceSchema.of(options));
      case TRACES -> () -> new Traces(SourceSchema.of(options), rows());
    };
  }

  private InternalRow[] rows() {
    return stores.stream()
        .flatMap(it -> it.traces().stream())
        .map(it -> SmallRows.row(it, options.reading()))
        .toArray(InternalRow[]::new);
  }

  /** A scan of rows that need no task. */
  private record Traces(StructType readSchema, InternalRow[] rows) implements LocalScan {}
}
