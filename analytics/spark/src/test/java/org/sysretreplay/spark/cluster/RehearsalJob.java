package org.sysretreplay.spark.cluster;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The least that a job can be. */
public final class RehearsalJob {

  private RehearsalJob() {}

  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("rehearsal"))) {
      spark.parallelize(List.of(1, 2, 3, 4), 2).distinct().count();
    }
  }
}
