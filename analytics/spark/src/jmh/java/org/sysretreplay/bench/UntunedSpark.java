package org.sysretreplay.bench;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * The baseline of Spark with its default settings: a session and one small aggregation, {@code
 * UntunedSpark STORE}.
 */
final class UntunedSpark {

  private UntunedSpark() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      spark.read().parquet(args[0] + "/frames").groupBy("workload", "entry").count().show();
    }
  }
}
