package org.sysretreplay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.Reading;

class FleetHitRatesTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  @TempDir private Path folder;

  /** Exits, checked and by SYSRET. */
  private record Rates(long exits, long checked, long sysret) {}

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private void take(SparkSession spark, String model) throws Exception {
    FleetHitRates.start(
            spark,
            folder.resolve("arriving").toString(),
            model,
            folder.resolve("rates-" + model).toString(),
            folder.resolve("checkpoint-" + model).toString(),
            Trigger.AvailableNow())
        .awaitTermination();
  }

  @Test
  void ratesAreThoseOfAReportOfAllThatHasArrived() throws Exception {
    try (SparkSession spark = session()) {
      Files.createDirectories(folder.resolve("arriving"));
      for (String workload : List.of("shell", "rseq", "trap-flag")) {
        arrive(workload);
        take(spark, "linux-6.9");

        assertThat(written(spark, "linux-6.9")).isEqualTo(reported("linux-6.9"));
      }
    }
  }

  @Test
  void everySampleUnderEveryModelIsAsReported() throws Exception {
    Files.createDirectories(folder.resolve("arriving"));
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      for (Path sample : samples.toList()) {
        if (Files.exists(sample.resolve("perf.data"))) {
          arrive(sample.getFileName().toString());
        }
      }
    }
    try (SparkSession spark = session()) {
      for (ExitModel model : ExitModels.all()) {
        take(spark, model.id());

        assertThat(written(spark, model.id()))
            .as(model.id())
            .isEqualTo(reported(model.id()))
            .hasSizeGreaterThan(10);
      }
    }
  }

  private void arrive(String workload) throws Exception {
    Path file = folder.resolve("arriving").resolve(workload + ".perf.data");
    Files.copy(SAMPLES.resolve(workload).resolve("perf.data"), file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private Map<String, Rates> written(SparkSession spark, String model) {
    Map<String, Rates> rates = new TreeMap<>();
    for (Row row :
        spark.read().parquet(folder.resolve("rates-" + model).toString()).collectAsList()) {
      rates.put(
          row.getAs("workload"),
          new Rates(row.getAs("exits"), row.getAs("checked"), row.getAs("sysret")));
    }
    return rates;
  }

  private Map<String, Rates> reported(String model) {
    Map<String, Rates> rates = new TreeMap<>();
    Question question = new Question(List.of(model), Machine.TRACED, Reading.ASSEMBLED, List.of());
    Inputs inputs =
        new Inputs(
            TraceInputs.find(
                    List.of(folder.resolve("arriving")), Optional.empty(), Optional.empty())
                .traces(),
            List.of());
    try (Engine engine = Engine.local(Progress.NONE)) {
      engine
          .answer("test", question, inputs)
          .table()
          .tallies()
          .forEach(
              (group, tally) ->
                  rates.put(
                      group.workload(),
                      new Rates(
                          tally.exits(),
                          tally.count(Outcome.SYSRET) + tally.count(Outcome.IRET_MISS),
                          tally.count(Outcome.SYSRET))));
    }
    return rates;
  }
}
