package org.sysretreplay.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleStores;
import org.sysretreplay.examples.HitRates;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.spark.cluster.CommandLine.Result;

/** The example of a batch job, submitted as users submit theirs. */
@Tag("cluster")
class JobTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  private static final Path JSON_LINES = SAMPLES.resolve("bad").resolve("malformed-json.jsonl");

  @TempDir private static Path folder;

  /** One cluster for both jobs. */
  private static StandaloneCluster cluster;

  private static String ours;

  @BeforeAll
  static void start() throws IOException {
    ours = String.join(",", ClassPath.ours(ClassPath.ofCommandLine(folder.resolve("jars"))));
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
  }

  @AfterAll
  static void end() throws IOException {
    cluster.close();
  }

  @Test
  void theExampleIsShort() throws IOException {
    Path source = Path.of("src/examples/java/org/sysretreplay/examples/HitRates.java");

    assertThat(Files.readAllLines(source)).hasSizeLessThan(40);
  }

  @Test
  void theExampleIsSubmittedAndCountsWhatTheCommandLineCounts()
      throws IOException, InterruptedException, SQLException {
    Path store = folder.resolve("store");
    Path table = folder.resolve("table");
    int exit =
        cluster.submit(
            "--class",
            HitRates.class.getName(),
            "--jars",
            ours,
            Jobs.jarOf(HitRates.class, folder.resolve("hit-rates.jar")),
            SAMPLES.resolve("s*"),
            store,
            table);

    assertThat(exit).as(cluster.logs()).isZero();
    assertThat(cluster.state().path("completedapps"))
        .anySatisfy(
            it -> {
              assertThat(it.path("name").asText()).isEqualTo("hit rates");
              assertThat(it.path("state").asText()).isEqualTo("FINISHED");
            });
    Result expected =
        CommandLine.local(
            "report", store, "--model", "seed,linux-6.9", "--by", "entry", "--format", "csv");
    assertThat(rows(table)).isEqualTo(rows(expected.out())).hasSizeGreaterThan(10);
  }

  /** Data sources and functions on executors that have only the jars of a user's job. */
  @Test
  void sqlGivesOnAClusterWhatItGivesHere() throws IOException, InterruptedException {
    Path out = folder.resolve("answers");
    String traces = SAMPLES.resolve("s*").toString();
    String lines = Files.copy(JSON_LINES, folder.resolve("lines.jsonl")).toString();
    String store =
        SampleStores.of(
            folder.resolve("sql-store"),
            TraceInputs.find(
                    List.of(SAMPLES.resolve("shell"), Path.of(lines)),
                    Optional.empty(),
                    Optional.empty())
                .traces());
    int exit =
        cluster.submit(
            "--class",
            SqlJob.class.getName(),
            "--jars",
            ours,
            Jobs.jarOf(SqlJob.class, folder.resolve("sql.jar")),
            traces,
            store,
            lines,
            out);

    assertThat(exit).as(cluster.logs()).isZero();
    try (SparkSession spark = local()) {
      assertThat(Files.readAllLines(out))
          .isEqualTo(SqlJob.answers(spark, traces, store, lines))
          .hasSizeGreaterThan(20);
    }
  }

  private static SparkSession local() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private static final List<String> COLUMNS =
      List.of("workload", "model", "entry", "exits", "sysret", "iret_miss", "fast_sysret");

  private static List<String> rows(String csv) {
    List<String> lines = csv.lines().toList();
    List<String> header = List.of(lines.get(0).split(","));
    return lines.stream()
        .skip(1)
        .map(it -> it.split(",", -1))
        .map(it -> String.join(" ", COLUMNS.stream().map(c -> it[header.indexOf(c)]).toList()))
        .sorted()
        .toList();
  }

  /** Read by DuckDB, another program than the writer. */
  private static List<String> rows(Path table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select concat_ws(' ', %s) from '%s/*.parquet' order by 1"
                    .formatted(String.join(", ", COLUMNS), table))) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
