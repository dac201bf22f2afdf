package org.sysretreplay.ingest.spark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.StoreLayout.Table;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * A store of traces in Parquet. A trace is in it whole or not at all: its frames and rejects are
 * written aside and moved into place, and its row in {@code traces}, which every reader starts
 * from, is moved last.
 */
public final class TraceStore {

  /** The one file of a trace's frames. */
  private static final String PART = "part-00000.parquet";

  private final SparkSession spark;
  private final StoreLayout layout;
  private final FileSystem files;

  private final String name;

  private TraceStore(SparkSession spark, StoreLayout layout, FileSystem files, String name) {
    this.name = name;
    this.spark = spark;
    this.layout = layout;
    this.files = files;
  }

  /** The store in that folder, which need not exist yet. */
  public static TraceStore at(SparkSession spark, java.nio.file.Path folder) {
    Path root = new Path(folder.toAbsolutePath().toUri());
    try {
      FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return new TraceStore(spark, new StoreLayout(root), files, folder.toString());
    } catch (IOException e) {
      throw OutputException.unwritable(folder.toString(), e);
    }
  }

  /** The store's folder as the user named it. */
  public String root() {
    return name;
  }

  /**
   * Makes sure that the folder can take traces.
   *
   * @throws OutputException where it cannot be written, or holds something else
   */
  public void prepare() {
    try {
      checkParents();
      boolean taken =
          files.exists(layout.root())
              && !files.exists(layout.table(Table.TRACES))
              && files.listStatus(layout.root(), path -> !isHidden(path)).length > 0;
      if (taken) {
        throw OutputException.of(
            root(), "this is no store, and it is not empty", "name a new or an empty folder");
      }
      for (Table table : Table.values()) {
        if (!files.mkdirs(layout.table(table))) {
          throw new IOException("the folder cannot be made");
        }
      }
    } catch (IOException e) {
      throw OutputException.unwritable(root(), e);
    }
  }

  private void checkParents() throws IOException {
    for (Path above = layout.root(); above != null; above = above.getParent()) {
      if (files.exists(above) && !files.getFileStatus(above).isDirectory()) {
        throw new IOException(above.toUri().getPath() + " is a file and no folder");
      }
    }
  }

  private static boolean isHidden(Path path) {
    return path.getName().startsWith(".") || path.getName().startsWith("_");
  }

  /**
   * Reads a trace into the store, in place of an earlier reading of the same trace.
   *
   * @throws TraceException where the file cannot be read; the store is then as it was
   * @throws OutputException where the store cannot be written
   */
  public Counts ingest(TraceInput input) {
    input.open(Reading.ASSEMBLED).close();
    Path staging = layout.staging(UUID.randomUUID().toString());
    try {
      Read read = writeFrames(input, staged(staging, Table.FRAMES));
      if (read.counts().rejected() > 0) {
        writeRejects(input, staged(staging, Table.REJECTS));
      }
      TraceRows.write(
          files,
          staged(staging, Table.TRACES),
          TraceColumns.trace(input.file(), input.format().id(), read));
      publish(input.workload(), input.traceId(), table -> staged(staging, table));
      return read.counts();
    } catch (IOException e) {
      throw OutputException.unwritable(root(), e);
    } finally {
      discard(staging);
    }
  }

  /**
   * Generates traces into the store, each in a task of its own, in place of all that were generated
   * with the same seed before.
   *
   * @param done is told of every trace that is in the store
   * @return the sum of their counts
   * @throws OutputException where the store cannot be written
   */
  public Counts generate(Generation generation, BiConsumer<GeneratedTrace, Counts> done) {
    List<GeneratedTrace> traces = generation.traces();
    Path staging = layout.staging(UUID.randomUUID().toString());
    StoreLayout aside = new StoreLayout(staging);
    try {
      List<Read> reads = writeFrames(traces, aside);
      writeRows(traces, reads, aside);
      withdrawAll(generation.prefix());
      Counts total = Counts.ZERO;
      for (int i = 0; i < traces.size(); i++) {
        GeneratedTrace it = traces.get(i);
        publish(
            it.workload(), it.traceId(), table -> aside.trace(table, it.workload(), it.traceId()));
        done.accept(it, reads.get(i).counts());
        total = total.plus(reads.get(i).counts());
      }
      return total;
    } catch (IOException e) {
      throw OutputException.unwritable(root(), e);
    } finally {
      discard(staging);
    }
  }

  /** What is told of the traces is in their order. */
  private List<Read> writeFrames(List<GeneratedTrace> traces, StoreLayout target) {
    spark.sparkContext().setJobDescription("generated frames");
    String root = target.root().toString();
    SerializableConfiguration options =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    return context()
        .parallelize(traces, traces.size())
        .map(it -> writeFrames(it, new StoreLayout(new Path(root)), options.value()))
        .collect();
  }

  private static Read writeFrames(GeneratedTrace trace, StoreLayout target, Configuration options)
      throws IOException {
    Path folder = target.trace(Table.FRAMES, trace.workload(), trace.traceId());
    return GeneratedFrames.write(trace, HadoopOutputFile.fromPath(new Path(folder, PART), options));
  }

  private void writeRows(List<GeneratedTrace> traces, List<Read> reads, StoreLayout target)
      throws IOException {
    for (int i = 0; i < traces.size(); i++) {
      GeneratedTrace trace = traces.get(i);
      TraceRows.write(
          files,
          target.trace(Table.TRACES, trace.workload(), trace.traceId()),
          TraceColumns.trace(trace.source(), GeneratedFrames.FORMAT, reads.get(i)));
    }
  }

  private static Path staged(Path staging, Table table) {
    return new Path(staging, table.folder());
  }

  private Read writeFrames(TraceInput input, Path target) {
    spark.sparkContext().setJobDescription("frames of " + input.traceId());
    String part = new Path(target, PART).toString();
    SerializableConfiguration options =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    return one(input).map(it -> writeFrames(it, part, options.value())).first();
  }

  private static Read writeFrames(TraceInput input, String part, Configuration options)
      throws IOException {
    CountingReader reader = input.open(Reading.ASSEMBLED);
    try (reader;
        FrameFile file =
            new FrameFile(
                HadoopOutputFile.fromPath(new Path(part), options), FrameFile.ALL_ENCODERS)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          file.add(accepted.frame());
        } else if (next instanceof InKernel interrupt) {
          // No return, but what the event carried has to be there for whoever asks for just that.
          file.add(interrupt.frame());
        }
      }
    }
    return new Read(reader.header(), reader.counts(), reader.inKernel(), reader.span());
  }

  private void writeRejects(TraceInput input, Path target) {
    JavaRDD<Row> rows = one(input).flatMap(it -> new RecordRows(it, TraceStore::rejectRow));
    write(rows, TraceColumns.REJECTS, target, "rejects of " + input.traceId());
  }

  private static Optional<Row> rejectRow(TraceRecord trace) {
    return trace instanceof Rejected rejected
        ? Optional.of(TraceColumns.reject(rejected.reject()))
        : Optional.empty();
  }

  private JavaRDD<TraceInput> one(TraceInput input) {
    return context().parallelize(List.of(input), 1);
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private void write(JavaRDD<Row> rows, StructType schema, Path target, String job) {
    spark.sparkContext().setJobDescription(job);
    spark
        .createDataFrame(rows, schema)
        .write()
        .mode(SaveMode.ErrorIfExists)
        .option("compression", "zstd")
        .parquet(target.toString());
  }

  private void publish(String workload, String traceId, Function<Table, Path> written)
      throws IOException {
    withdraw(traceId);
    for (Table table : new Table[] {Table.FRAMES, Table.REJECTS, Table.TRACES}) {
      if (files.exists(written.apply(table))) {
        move(written.apply(table), layout.trace(table, workload, traceId));
      }
    }
  }

  /** Takes an earlier reading of the trace out of the store, its row first, under any workload. */
  private void withdraw(String traceId) throws IOException {
    for (Table table : new Table[] {Table.TRACES, Table.FRAMES, Table.REJECTS}) {
      for (FileStatus workload : files.listStatus(layout.table(table))) {
        delete(layout.traceIn(workload.getPath(), traceId));
      }
    }
  }

  /** Takes all traces whose ids begin so out of the store, their rows first. */
  private void withdrawAll(String prefix) throws IOException {
    for (Table table : new Table[] {Table.TRACES, Table.FRAMES, Table.REJECTS}) {
      for (FileStatus workload : files.listStatus(layout.table(table))) {
        Path begin = layout.traceIn(workload.getPath(), prefix);
        for (FileStatus trace : files.listStatus(workload.getPath())) {
          if (trace.getPath().getName().startsWith(begin.getName())) {
            delete(trace.getPath());
          }
        }
      }
    }
  }

  private void delete(Path path) throws IOException {
    if (files.exists(path) && !files.delete(path, true)) {
      throw new IOException("cannot delete " + path);
    }
  }

  private void move(Path from, Path to) throws IOException {
    files.mkdirs(to.getParent());
    if (!files.rename(from, to)) {
      throw new IOException("cannot move " + from + " to " + to);
    }
  }

  private void discard(Path staging) {
    try {
      files.delete(staging, true);
      if (files.exists(staging.getParent()) && files.listStatus(staging.getParent()).length == 0) {
        files.delete(staging.getParent(), false);
      }
    } catch (IOException e) {
      throw OutputException.unwritable(root(), e);
    }
  }

  /** What the store holds now. */
  public StoreSnapshot read() {
    return StoreSnapshot.of(spark, layout, files);
  }
}
