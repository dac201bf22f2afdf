package org.sysretreplay.analytics.spark;

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
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.Replay;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import scala.jdk.javaapi.CollectionConverters;

/** Puts a question to all frames of a store; only tallies leave a task. */
final class StoreReplay {

  private StoreReplay() {}

  static Answer answer(Question question, StoreSnapshot store) {
    TallyTable table = tallies(question, store.frames());
    for (StoreSnapshot.Trace trace : store.traces()) {
      table.plus(new Replay(question, trace.workload(), trace.id()).table());
      table.addNanos(trace.workload(), trace.span().nanos());
    }
    return new Answer(table, intake(store, question.reading()));
  }

  /** The tallies of frames that lie in Parquet files. */
  static TallyTable tallies(Question question, Dataset<Row> frames) {
    List<String> needed = ScanColumns.needed(question.reading(), question.by());
    Dataset<Row> scanned =
        frames.select(needed.stream().map(functions::col).toArray(Column[]::new));
    SparkPlan plan = scanned.queryExecution().executedPlan();
    return CollectionConverters.asJava(plan.collectLeaves()).stream()
        .filter(FileSourceScanExec.class::isInstance)
        .map(FileSourceScanExec.class::cast)
        .map(scan -> tallies(question, scan))
        .reduce(new TallyTable(), TallyTable::plus);
  }

  private static TallyTable tallies(Question question, FileSourceScanExec scan) {
    List<String> names =
        CollectionConverters.asJava(scan.output()).stream().map(Attribute::name).toList();
    ScanColumns columns = new ScanColumns(names, question.reading(), question.by());
    JavaRDD<ColumnarBatch> batches = scan.executeColumnar().toJavaRDD();
    return batches
        .mapPartitions(it -> List.of(tallies(question, columns, it)).iterator())
        .aggregate(new TallyTable(), TallyTable::plus, TallyTable::plus);
  }

  private static TallyTable tallies(
      Question question, ScanColumns columns, Iterator<ColumnarBatch> batches) {
    Map<String, Replay> replays = new HashMap<>();
    ColumnFrame frame = ColumnFrame.of(columns);
    while (batches.hasNext()) {
      ColumnarBatch batch = batches.next();
      frame.moveTo(batch);
      frame.moveTo(0);
      // A batch comes from one file, and a file belongs to one trace.
      Replay replay =
          replays.computeIfAbsent(frame.trace(), it -> new Replay(question, frame.workload(), it));
      for (int row = 0; row < batch.numRows(); row++) {
        frame.moveTo(row);
        if (frame.isExit()) {
          replay.add(frame);
        }
      }
    }
    return replays.values().stream().map(Replay::table).reduce(new TallyTable(), TallyTable::plus);
  }

  /** What became of the records when the traces were read. */
  static Intake intake(StoreSnapshot store, Reading reading) {
    RejectSummary summary = new RejectSummary();
    for (StoreSnapshot.RejectCount it : store.rejectCounts()) {
      summary.plus(it.first().reason(), new RejectSummary.Entry(it.count(), it.first()));
    }
    return new Intake(store.counts(reading), summary);
  }
}
