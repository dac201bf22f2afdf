package org.sysretreplay.ingest.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;

class GeneratedStoreTest {

  private static SparkSession spark;
  private static Profile profile;

  @TempDir private Path folder;

  @BeforeAll
  static void learn() {
    spark = SparkSessions.get("local[2]");
    ProfileLearner learner = new ProfileLearner();
    TraceInputs.find(
            List.of(Traces.perfData("threads"), Traces.perfData("http"), Traces.perfData("rseq")),
            Optional.empty(),
            Optional.empty())
        .traces()
        .forEach(learner::add);
    profile = learner.profile();
  }

  private TraceStore store() {
    TraceStore store = TraceStore.at(spark, folder.resolve("store"));
    store.prepare();
    return store;
  }

  private static Generation generation(long seed, long frames) {
    return new Generation(profile, "p.json", seed, frames);
  }

  /** No task had a say in it: these are the frames that one thread makes of the same traces. */
  @Test
  void theFramesAreThoseOfTheGeneratorFieldByField() {
    store().generate(generation(7, 10_000), (trace, counts) -> {});

    Map<String, List<Row>> stored = new TreeMap<>();
    List<Row> rows = store().read().frames().orderBy("trace", "seq").collectAsList();
    rows.forEach(it -> stored.computeIfAbsent(it.getAs("trace"), id -> new ArrayList<>()).add(it));
    Map<String, List<Row>> expected = new TreeMap<>();
    for (GeneratedTrace trace : generation(7, 10_000).traces()) {
      List<Row> frames = new ArrayList<>();
      trace.open().forEachRemaining(it -> frames.add(FrameRow.of(it)));
      expected.put(trace.traceId(), frames);
    }
    assertThat(stored.keySet()).isEqualTo(expected.keySet()).hasSize(3);
    stored.forEach(
        (id, of) ->
            assertThat(of.stream().map(GeneratedStoreTest::withoutFolders))
                .isEqualTo(expected.get(id).stream().map(Row::toString).toList()));
  }

  private static String withoutFolders(Row row) {
    String text = row.toString();
    String folders = "," + row.getAs("workload") + "," + row.getAs("trace") + "]";
    assertThat(text).endsWith(folders);
    return text.substring(0, text.length() - folders.length()) + "]";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 17, 1_003})
  void thereIsARowForEveryFrameThatWasAskedFor(long frames) {
    List<String> told = new ArrayList<>();

    Counts counts =
        store().generate(generation(1, frames), (trace, of) -> told.add(trace.traceId()));

    assertThat(counts.seen()).isEqualTo(frames);
    assertThat(store().read().frames().count()).isEqualTo(frames);
    assertThat(store().read().counts(Reading.ASSEMBLED)).isEqualTo(counts);
    assertThat(told)
        .isEqualTo(generation(1, frames).traces().stream().map(GeneratedTrace::traceId).toList());
  }

  @Test
  void theRowOfATraceSaysWhereItComesFrom() {
    store().generate(generation(1, 10_000), (trace, counts) -> {});

    Row row =
        spark
            .read()
            .parquet(folder.resolve("store/traces").toString())
            .where("workload = 'rseq'")
            .first();

    assertThat(row.<String>getAs("trace")).isEqualTo("generated-1-001");
    assertThat(row.<String>getAs("source")).isEqualTo("p.json");
    assertThat(row.<String>getAs("format")).isEqualTo("generated");
    assertThat(row.<String>getAs("kernel_release")).isNull();
    assertThat(row.<Long>getAs("ignored")).isEqualTo(row.<Long>getAs("in_kernel")).isPositive();
    assertThat(row.<Long>getAs("seen"))
        .isEqualTo(row.<Long>getAs("accepted") + row.<Long>getAs("ignored"));
    assertThat(row.<Long>getAs("first_ns")).isZero();
    assertThat(row.<Long>getAs("last_ns")).isPositive();
  }

  @Test
  void namesOfWorkloadsAreEscapedAsThoseOfRecordings() {
    Profile.Workload it = profile.workloads().get(0);
    Profile renamed =
        new Profile(
            List.of(
                new Profile.Workload(
                    "one/two = 3%",
                    it.frames(),
                    it.templates(),
                    it.firstOfProcess(),
                    it.firstOfThread(),
                    it.steps(),
                    it.threads(),
                    it.scheduling(),
                    it.cpus(),
                    it.gaps())));

    store().generate(new Generation(renamed, "p.json", 1, 10), (trace, counts) -> {});

    assertThat(folder.resolve("store/frames/workload=one%2Ftwo %3D 3%25/trace=generated-1-000"))
        .isDirectory();
    assertThat(store().read().frames().first().<String>getAs("workload")).isEqualTo("one/two = 3%");
  }

  @Test
  void nothingIsLeftBeside() {
    store().generate(generation(1, 100), (trace, counts) -> {});

    assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**_staging");
  }

  @Test
  void tracesOfTheSameSeedAreReplacedAndOthersStay() {
    store().generate(generation(1, 1_000), (trace, counts) -> {});
    store().generate(generation(12, 200), (trace, counts) -> {});

    store().generate(generation(1, 1), (trace, counts) -> {});

    assertThat(store().read().frames().count()).isEqualTo(201);
  }
}
