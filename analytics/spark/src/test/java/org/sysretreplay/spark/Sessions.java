package org.sysretreplay.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions as a notebook has them. */
final class Sessions {

  private Sessions() {}

  /** A session on two threads of this process. */
  static SparkSession local() {
    return SparkSession.builder()
        .appName("a notebook")
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }
}
