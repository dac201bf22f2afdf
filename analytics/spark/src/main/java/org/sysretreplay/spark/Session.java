package org.sysretreplay.spark;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.verdict.Piece;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.spark.engine.SparkWorkers;
import org.sysretreplay.spark.engine.VerdictRows;
import org.sysretreplay.spark.source.HadoopSettings;
import org.sysretreplay.spark.source.SourceTable;
import org.sysretreplay.spark.source.SourceTables;

/** The user's Spark session; nothing in it is changed. */
final class Session {

  private final org.apache.spark.sql.classic.SparkSession spark;

  private Session(org.apache.spark.sql.classic.SparkSession spark) {
    this.spark = spark;
  }

  /**
   * @param spark a session whose driver runs in this process
   */
  static Session of(SparkSession spark) {
    return new Session((org.apache.spark.sql.classic.SparkSession) spark);
  }

  /** An engine that works on the session's executors. */
  Engine engine() {
    return new Engine(SparkWorkers.ofAnother(spark.sparkContext(), HadoopSettings.own(hadoop())));
  }

  /**
   * The session's settings of Hadoop.
   *
   * @throws SysretReplayException if the session was stopped
   */
  private Configuration hadoop() {
    if (spark.sparkContext().isStopped()) {
      throw new SysretReplayException(
          "this session was stopped; make another one, and give it to SysretReplay.on.");
    }
    return HadoopSettings.of(spark);
  }

  /** Resolves paths and globs on the session's default file system. */
  PathResolver places() {
    return new PathResolver(hadoop(), spark.sparkContext().isLocal());
  }

  /** Verdicts on all frames that the inputs have now. */
  Dataset<Row> verdicts(VerdictQuestion question, Inputs inputs) {
    Engine engine = engine();
    List<Piece> pieces = Piece.all(inputs, engine.snapshots(inputs), VerdictRows.PART_BYTES);
    return VerdictRows.of(spark, question, pieces, engine.workers().fileSystemOptions());
  }

  /** A table of all inputs. */
  Dataset<Row> table(SourceTable table, Selection asked, Inputs inputs) {
    return new SourceTables(spark, asked.reading(), asked.workload(), asked.format())
        .load(table, inputs);
  }

  Dataset<Row> dataset(List<Row> rows, StructType schema) {
    return spark.createDataFrame(rows, schema);
  }
}
