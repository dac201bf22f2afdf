package org.sysretreplay.analytics.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Verdict;

/** The columns of a file of verdicts, in Parquet and in JSON lines. */
final class VerdictColumns {

  static final StructType SCHEMA =
      new StructType()
          .add("trace", StringType, false)
          .add("seq", LongType, false)
          .add("outcome", StringType, false)
          .add("first_miss", StringType)
          .add("all_miss", DataTypes.createArrayType(StringType, false), false);

  private VerdictColumns() {}

  static Row row(String traceId, long seq, Verdict verdict) {
    return RowFactory.create(
        traceId,
        seq,
        verdict.outcome().name(),
        verdict.firstMiss().map(MissReason::name).orElse(null),
        verdict.allMisses().stream().sorted().map(MissReason::name).toArray(String[]::new));
  }
}
