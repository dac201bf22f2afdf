package org.sysretreplay.spark.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.sysretreplay.analytics.verdict.Piece;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.analytics.verdict.Verdicts;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Verdict;

/** Makes Datasets of verdicts, with the columns that {@code replay} writes. */
public final class VerdictRows {

  /** The size of the pieces of a part file, about a million frames. */
  public static final long PART_BYTES = 1 << 22;

  /** Several tasks for each core, so that all cores finish at about the same time. */
  private static final int TASKS_A_CORE = 4;

  private static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            field("trace", DataTypes.StringType, false, "The id of the frame's trace."),
            field("seq", DataTypes.LongType, false, "The frame's number in its trace, from 0."),
            field("outcome", DataTypes.StringType, false, "How the model returns."),
            field(
                "first_miss",
                DataTypes.StringType,
                true,
                "The first check that failed; null where none did, or none was made."),
            field(
                "all_miss",
                DataTypes.createArrayType(DataTypes.StringType, false),
                false,
                "All checks that failed, in the order of their list.")
          });

  private VerdictRows() {}

  private static StructField field(String name, DataType type, boolean canBeNull, String sentence) {
    return new StructField(name, type, canBeNull, Metadata.empty()).withComment(sentence);
  }

  /**
   * The verdicts on all frames of the pieces. Nothing is read before the Dataset is evaluated.
   *
   * @param options settings of the Hadoop file systems that stores lie on
   */
  public static Dataset<Row> of(
      SparkSession spark,
      VerdictQuestion question,
      List<Piece> pieces,
      Map<String, String> options) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<byte[]> items = new ArrayList<>();
    pieces.forEach(it -> items.add(Portable.bytes(it)));
    int tasks = Math.min(pieces.size(), context.defaultParallelism() * TASKS_A_CORE);
    byte[] asked = Portable.bytes(question);
    JavaRDD<Row> rows =
        context
            .parallelize(items, Math.max(1, tasks))
            .flatMap(it -> rows(Portable.of(asked), Portable.of(it), options));
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Iterator<Row> rows(
      VerdictQuestion question, Piece piece, Map<String, String> options) {
    Handover<Row> rows =
        Handover.start(
            to ->
                Verdicts.judge(
                    question,
                    piece,
                    options,
                    (seq, verdict) -> to.accept(row(piece.traceId(), seq, verdict))));
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) (TaskContext it) -> rows.close());
    return rows;
  }

  private static Row row(String traceId, long seq, Verdict verdict) {
    return RowFactory.create(
        traceId,
        seq,
        verdict.outcome().name(),
        verdict.firstMiss().map(MissReason::name).orElse(null),
        Stream.of(MissReason.values())
            .filter(verdict.allMisses()::contains)
            .map(MissReason::name)
            .toArray(String[]::new));
  }
}
