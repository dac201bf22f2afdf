package org.sysretreplay.analytics.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.ingest.Reading;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Shows all frames of Parquet files to a {@link Work}, batch after batch and without an object per
 * frame; only sums leave a task.
 */
final class StoreScan {

  private StoreScan() {}

  /**
   * What is done with frames; goes to the tasks.
   *
   * @param <R> takes in the frames of one trace
   * @param <S> what these come to; adds up in any order
   */
  interface Work<R, S> extends Serializable {

    /** Takes in the frames of that trace, of which it has seen none. */
    R begin(String workload, String traceId);

    void add(R replay, FrameView frame);

    /** What the frames seen so far came to. */
    S sum(R replay);

    S zero();

    /** The sum of both; may add into the left one. */
    S plus(S left, S right);
  }

  /** What the work makes of all frames. */
  static <R, S> S sum(Work<R, S> work, Dataset<Row> frames, Reading reading, List<GroupColumn> by) {
    Column[] needed =
        ScanColumns.needed(reading, by).stream().map(functions::col).toArray(Column[]::new);
    SparkPlan plan = frames.select(needed).queryExecution().executedPlan();
    return CollectionConverters.asJava(plan.collectLeaves()).stream()
        .filter(FileSourceScanExec.class::isInstance)
        .map(FileSourceScanExec.class::cast)
        .map(scan -> sum(work, scan, reading, by))
        .reduce(work.zero(), work::plus);
  }

  private static <R, S> S sum(
      Work<R, S> work, FileSourceScanExec scan, Reading reading, List<GroupColumn> by) {
    List<String> names =
        CollectionConverters.asJava(scan.output()).stream().map(Attribute::name).toList();
    ScanColumns columns = new ScanColumns(names, reading, by);
    JavaRDD<ColumnarBatch> batches = scan.executeColumnar().toJavaRDD();
    return batches
        .mapPartitions(it -> List.of(sum(work, columns, it)).iterator())
        .aggregate(work.zero(), work::plus, work::plus);
  }

  private static <R, S> S sum(
      Work<R, S> work, ScanColumns columns, Iterator<ColumnarBatch> batches) {
    Map<String, R> byTrace = new HashMap<>();
    ColumnFrame frame = ColumnFrame.of(columns);
    while (batches.hasNext()) {
      ColumnarBatch batch = batches.next();
      frame.moveTo(batch);
      frame.moveTo(0);
      // A batch comes from one file, and a file belongs to one trace.
      R replay = byTrace.computeIfAbsent(frame.trace(), it -> work.begin(frame.workload(), it));
      for (int row = 0; row < batch.numRows(); row++) {
        frame.moveTo(row);
        if (frame.isExit()) {
          work.add(replay, frame);
        }
      }
    }
    return byTrace.values().stream().map(work::sum).reduce(work.zero(), work::plus);
  }
}
