package org.sysretreplay.ingest.spark;

import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The one place where a Spark session is made. */
public final class SparkSessions {

  private static final Pattern OURS =
      Pattern.compile("/(replay-emulator|ingest|analytics)-[^/]*\\.jar$");

  private SparkSessions() {}

  /**
   * The session of this process, made where there is none yet.
   *
   * @param master as Spark takes it, for example {@code local[*]}
   * @throws org.apache.spark.SparkException and others of Spark's where the master cannot be used
   */
  public static SparkSession get(String master) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("sysret-replay")
            .master(master)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            // A workload may be called 2026 or true: names are never guessed to be numbers.
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            // Only counts by reason are ever shuffled: a handful of rows.
            .config("spark.sql.shuffle.partitions", "2");
    if (isLocal(master)) {
      builder
          .config("spark.hadoop.fs.file.impl", PosixFileSystem.class.getName())
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    } else {
      builder.config("spark.jars", String.join(",", ourJars()));
    }
    return builder.getOrCreate();
  }

  /** Whether tasks run in this process. */
  public static boolean isLocal(String master) {
    return master.startsWith("local");
  }

  /** The jars that a cluster does not have: our modules. What its tasks need beside is Spark's. */
  private static List<String> ourJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> OURS.matcher(jar).find())
        .toList();
  }
}
