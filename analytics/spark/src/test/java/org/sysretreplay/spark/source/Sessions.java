package org.sysretreplay.spark.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;

/** A user's session, and helpers that inspect it. */
final class Sessions {

  static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  private Sessions() {}

  static SparkSession start() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** All sample traces that are sound, by paths that Spark's sources keep as they are. */
  static List<TraceInput> traces() {
    return Stream.of("", "flavours", "synthetic")
        .flatMap(it -> find(SAMPLES.resolve(it)).stream())
        .toList();
  }

  static List<TraceInput> find(Path source) {
    return TraceInputs.find(List.of(source), Optional.empty(), Optional.empty()).traces();
  }

  static String[] files(List<TraceInput> traces) {
    return traces.stream().map(TraceInput::file).toArray(String[]::new);
  }

  /** The path from the folder in which the tests run, as a user may write it. */
  static String relative(Path file) {
    return Path.of("").toAbsolutePath().relativize(file.toAbsolutePath()).toString();
  }

  /** The text of the query's physical plan. */
  static String plan(Dataset<Row> query) {
    return query.queryExecution().executedPlan().toString();
  }

  /** All settings that a user can see, as text. */
  static String settings(SparkSession spark) {
    List<String> all = new ArrayList<>();
    spark.sparkContext().hadoopConfiguration().forEach(it -> all.add(it.toString()));
    return new TreeMap<>(scala.jdk.javaapi.CollectionConverters.asJava(spark.conf().getAll()))
        + String.join(" ", all.stream().sorted().toList())
        + spark.sparkContext().getConf().toDebugString();
  }
}
