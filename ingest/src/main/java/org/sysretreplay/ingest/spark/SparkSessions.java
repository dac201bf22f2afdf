package org.sysretreplay.ingest.spark;

import org.apache.spark.sql.SparkSession;

/** The one place where a Spark session is made. */
public final class SparkSessions {

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
    if (master.startsWith("local")) {
      builder
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    return builder.getOrCreate();
  }
}
