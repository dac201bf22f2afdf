package org.sysretreplay.spark.cluster;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Counts frames and writes the counts: {@code TRACE OUT}. */
public final class RehearsalJob {

  private RehearsalJob() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("rehearsal").getOrCreate()) {
      spark
          .read()
          .format("perf")
          .load(args[0])
          .groupBy("entry")
          .sum("count")
          .write()
          .parquet(args[1]);
    }
  }
}
