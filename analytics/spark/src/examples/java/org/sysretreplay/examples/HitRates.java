package org.sysretreplay.examples;

import java.io.IOException;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.spark.Report;
import org.sysretreplay.spark.SysretReplay;

/**
 * A batch job: puts recordings into a store, and writes a table of hit rates by workload, by the
 * way into the kernel, and by model. Arguments: recordings, the store, the table.
 */
public final class HitRates {

  private HitRates() {}

  public static void main(String[] arguments) throws IOException {
    String recordings = arguments[0];
    String store = arguments[1];
    String table = arguments[2];
    try (SparkSession spark = SparkSession.builder().appName("hit rates").getOrCreate()) {
      SysretReplay replay = SysretReplay.on(spark);
      replay.ingest(recordings).into(store);
      Report report = replay.read(store).models("seed", "linux-6.9").by("entry").report();
      report.rows().write().mode(SaveMode.Overwrite).parquet(table);
      report.notes().forEach(System.err::println);
    }
  }
}
