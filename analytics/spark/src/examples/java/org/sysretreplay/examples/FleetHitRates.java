package org.sysretreplay.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Keeps a fleet's hit rates up to date while its machines put recordings into a folder: {@code
 * FleetHitRates FOLDER MODEL OUTPUT CHECKPOINT}. The output is a Parquet file with a row for each
 * workload, written anew with every batch.
 */
public final class FleetHitRates {

  private FleetHitRates() {}

  public static void main(String[] args) throws TimeoutException, StreamingQueryException {
    SparkSession spark = SparkSession.builder().appName("fleet hit rates").getOrCreate();
    start(spark, args[0], args[1], args[2], args[3], Trigger.ProcessingTime("1 minute"))
        .awaitTermination();
  }

  /** Starts the query; what it has read is in the checkpoint, so that it can be stopped. */
  static StreamingQuery start(
      SparkSession spark,
      String folder,
      String model,
      String output,
      String checkpoint,
      Trigger trigger)
      throws TimeoutException {
    Dataset<Row> frames =
        spark
            .readStream()
            .format("perf")
            .option("models", model)
            .option("maxFilesPerTrigger", 100)
            .load(folder);
    Column outcome = col("outcome_" + model.replaceAll("\\W", "_"));
    return frames
        .groupBy("workload")
        .agg(
            sum("count").as("exits"),
            sum(when(outcome.isin("SYSRET", "IRET_MISS"), col("count")).otherwise(0L))
                .as("checked"),
            sum(when(outcome.equalTo("SYSRET"), col("count")).otherwise(0L)).as("sysret"))
        .withColumn("hit_rate", when(col("checked").gt(0), col("sysret").divide(col("checked"))))
        .writeStream()
        .outputMode("complete")
        .option("checkpointLocation", checkpoint)
        .trigger(trigger)
        .foreachBatch((Dataset<Row> rates, Long batch) -> write(rates, output))
        .start();
  }

  private static void write(Dataset<Row> rates, String output) {
    rates.coalesce(1).write().mode("overwrite").parquet(output);
  }
}
