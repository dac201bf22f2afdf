package org.sysretreplay.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfStreamTest {

  private static final List<String> WORKLOADS =
      List.of("cpu-bound", "rseq", "fork32", "trap-flag", "vsyscall");

  private static SparkSession spark;

  private Path arriving;
  private Path checkpoint;
  private Path out;

  @BeforeAll
  static void start() {
    spark = Sessions.start();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void folders(@TempDir Path folder) throws IOException {
    arriving = Files.createDirectories(folder.resolve("arriving"));
    checkpoint = folder.resolve("checkpoint");
    out = folder.resolve("out");
  }

  /** Puts a recording into the folder, last written that many seconds ago. */
  private Path arrive(String workload, long secondsAgo) {
    Path file = arriving.resolve(workload + ".perf.data");
    try {
      Files.copy(Sessions.SAMPLES.resolve(workload).resolve("perf.data"), file);
      return touch(file, secondsAgo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path touch(Path file, long secondsAgo) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  private DataStreamReader stream() {
    return spark.readStream().format("perf");
  }

  /** Processes all files that are there, and returns the batches by number. */
  private Map<Long, List<Row>> takeAll(DataStreamReader stream) throws Exception {
    Map<Long, List<Row>> batches = new TreeMap<>();
    run(
        stream,
        (rows, batch) -> batches.put(batch, rows.groupBy("workload").count().collectAsList()));
    return batches;
  }

  private StreamingQuery run(DataStreamReader stream, VoidFunction2<Dataset<Row>, Long> sink)
      throws Exception {
    StreamingQuery query =
        stream
            .load(arriving.toString())
            .writeStream()
            .option("checkpointLocation", checkpoint.toString())
            .trigger(Trigger.AvailableNow())
            .foreachBatch(sink)
            .start();
    query.awaitTermination();
    return query;
  }

  private static List<Row> counts(String workload) {
    return spark
        .read()
        .format("perf")
        .load(Sessions.SAMPLES.resolve(workload).resolve("perf.data").toString())
        .groupBy("workload")
        .count()
        .collectAsList();
  }

  @Test
  void everyFileIsInOneBatch() throws Exception {
    for (int i = 0; i < 4; i++) {
      arrive(WORKLOADS.get(i), 100 - i);
    }
    Map<Long, List<Row>> batches = takeAll(stream().option("maxFilesPerTrigger", "1"));

    assertThat(batches).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(batches.get((long) i)).isEqualTo(counts(WORKLOADS.get(i)));
    }
    arrive(WORKLOADS.get(4), 10);
    assertThat(takeAll(stream())).isEqualTo(Map.of(4L, counts(WORKLOADS.get(4))));
    assertThat(takeAll(stream())).isEmpty();
  }

  @Test
  void aQueryThatFailsGoesOnWhereItWas() throws Exception {
    WORKLOADS.forEach(it -> arrive(it, 10));
    VoidFunction2<Dataset<Row>, Long> failing =
        (rows, batch) -> {
          write(rows, batch);
          if (batch == 2) {
            throw new IllegalStateException("the machine went down");
          }
        };
    DataStreamReader one = stream().option("maxFilesPerTrigger", "1");

    assertThatThrownBy(() -> run(one, failing))
        .isInstanceOf(StreamingQueryException.class)
        .hasStackTraceContaining("the machine went down");
    run(one, (rows, batch) -> write(rows, batch));

    List<Row> expected = new ArrayList<>();
    WORKLOADS.forEach(it -> expected.addAll(counts(it)));
    assertThat(spark.read().parquet(out.toString()).groupBy("workload").count().collectAsList())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** A batch that is written again takes the place of the first attempt. */
  private void write(Dataset<Row> rows, long batch) {
    rows.select("workload", "seq")
        .write()
        .mode("overwrite")
        .parquet(out.resolve("batch=" + batch).toString());
  }

  /** The next run of the program may have another working folder, or name the folder in full. */
  @Test
  void aFolderIsTheSameHoweverItIsNamed() throws Exception {
    Path full = arriving;
    Path here = Path.of(Sessions.relative(full));
    assertThat(here).isRelative();
    arriving = here;
    arrive("rseq", 10);
    assertThat(takeAll(stream())).isEqualTo(Map.of(0L, counts("rseq")));
    Path log = checkpoint.resolve("sources").resolve("0").resolve("0");
    String written = Files.readString(log);
    assertThat(written).contains("\"" + full + "/rseq.perf.data\"");

    arriving = full;
    assertThat(takeAll(stream())).isEmpty();
    arriving = full.resolve(".");
    assertThat(takeAll(stream())).isEmpty();
    arriving = full;
    // As older versions wrote it.
    Files.writeString(log, written.replace(full.toString(), here.toString()));
    Files.deleteIfExists(log.resolveSibling(".0.crc"));
    arrive("fork32", 10);
    assertThat(takeAll(stream())).isEqualTo(Map.of(1L, counts("fork32")));
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftForLater() throws Exception {
    arrive("rseq", 10);
    Path fresh = arrive("fork32", -60);
    Path unfinished = arriving.resolve("unfinished.perf.data");
    Files.copy(Sessions.SAMPLES.resolve("bad").resolve("unfinished.perf.data"), unfinished);
    touch(unfinished, 10);
    Files.createFile(arriving.resolve("empty.perf.data"));

    assertThat(takeAll(stream())).isEqualTo(Map.of(0L, counts("rseq")));
    touch(fresh, 10);
    assertThat(takeAll(stream())).isEqualTo(Map.of(1L, counts("fork32")));
  }

  @Test
  void aGlobMayMatchNothingForAWhile() throws Exception {
    Path drop = arriving;
    Path glob = drop.resolve("*.perf.data");
    arriving = glob;
    // Spark begins with a batch, whether there is a file or not.
    assertThat(takeAll(stream())).isEqualTo(Map.of(0L, List.of()));
    arriving = drop;
    Path taken = arrive("rseq", 10);
    arriving = glob;
    assertThat(takeAll(stream())).isEqualTo(Map.of(1L, counts("rseq")));
    Files.move(taken, drop.resolveSibling("done.perf.data"));
    assertThat(takeAll(stream())).isEmpty();
    arriving = drop;
    arrive("fork32", 10);
    arriving = glob;
    assertThat(takeAll(stream())).isEqualTo(Map.of(2L, counts("fork32")));
  }

  @Test
  void aGlobInAFolderThatIsNotThereIsRefused() {
    String glob = arriving.resolveSibling("ariving") + "/*.perf.data";
    assertThatThrownBy(() -> stream().load(glob))
        .hasMessage(glob + ": there is no such file; check the name.");
  }

  @Test
  void progressTellsHowManyFilesWait() throws Exception {
    arrive("rseq", 10);
    arrive("fork32", -60);
    StreamingQuery query = run(stream(), (rows, batch) -> rows.count());

    assertThat(query.lastProgress().sources()[0].metrics())
        .containsEntry("filesTaken", "1")
        .containsEntry("filesWaiting", "1");
  }

  @Test
  void nothingWaitsInAnEmptyFolder() throws IOException {
    assertThat(waiting()).isEqualTo("0");
    Files.createFile(arriving.resolve("empty.perf.data"));
    assertThat(waiting()).isEqualTo("1");
  }

  /** Spark shows no progress of a stream before its first batch. */
  private String waiting() {
    SourceOptions options = SourceOptions.of(SourceKind.PERF, Map.of("path", arriving.toString()));
    PerfStream stream =
        new PerfStream(
            new PerfScan(options, SourceSchema.of(options), List.of(), RowFilter.NONE),
            checkpoint.toString());
    stream.latestOffset(stream.initialOffset(), ReadLimit.allAvailable());
    return stream.metrics(Optional.empty()).get("filesWaiting");
  }

  @Test
  void rejectsAndTracesStreamToo() throws Exception {
    Path file = arriving.resolve("x.jsonl");
    Files.copy(Sessions.SAMPLES.resolve("bad").resolve("malformed-json.jsonl"), file);
    touch(file, 10);
    List<Row> rejects = new ArrayList<>();
    run(
        stream().option("table", "rejects"),
        (rows, batch) -> rejects.addAll(rows.select("reason").collectAsList()));

    assertThat(rejects).hasToString("[[MALFORMED_JSON]]");
  }
}
