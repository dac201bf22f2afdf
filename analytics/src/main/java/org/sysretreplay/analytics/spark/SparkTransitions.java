package org.sysretreplay.analytics.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.TransitionAnswer;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionReplay;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.Reading;

/** The Spark path of a question about two models, put to trace files and stores together. */
final class SparkTransitions {

  private SparkTransitions() {}

  /** The answer over all traces and stores. */
  static TransitionAnswer answer(
      SparkSession spark,
      TransitionQuestion question,
      List<TraceInput> traces,
      List<TraceStore> stores) {
    TransitionAnswer answer = overTraces(spark, question, traces);
    for (TraceStore store : stores) {
      spark.sparkContext().setJobDescription("compare in " + store.root());
      answer = answer.plus(overStore(question, store.read()));
    }
    return answer;
  }

  private static TransitionAnswer overTraces(
      SparkSession spark, TransitionQuestion question, List<TraceInput> traces) {
    spark.sparkContext().setJobDescription("compare in " + traces.size() + " trace files");
    return TraceScan.answer(
        new Traces(question), JavaSparkContext.fromSparkContext(spark.sparkContext()), traces);
  }

  private record Traces(TransitionQuestion question)
      implements TraceScan.Work<TransitionReplay, TransitionTable, TransitionAnswer> {

    @Override
    public StoreScan.Work<TransitionReplay, TransitionTable> frames() {
      return new Scan(question);
    }

    @Override
    public Reading reading() {
      return question.reading();
    }

    @Override
    public List<GroupColumn> by() {
      return List.of();
    }

    @Override
    public TransitionAnswer read(TraceInput trace) {
      return TransitionReplay.answer(question, trace);
    }

    @Override
    public TransitionAnswer counted(TraceInput trace, TraceScan.Counted<TransitionTable> counted) {
      return new TransitionAnswer(counted.sum(), counted.intake());
    }

    @Override
    public TransitionAnswer zero() {
      return TransitionAnswer.zero();
    }

    @Override
    public TransitionAnswer plus(TransitionAnswer left, TransitionAnswer right) {
      return left.plus(right);
    }
  }

  private static TransitionAnswer overStore(TransitionQuestion question, StoreSnapshot store) {
    TransitionTable table =
        StoreScan.sum(
            new Scan(question),
            store.context(),
            store.parts(StoreScan.PART_BYTES),
            question.reading(),
            List.of());
    store.workloads().forEach(table::of);
    return new TransitionAnswer(table, StoreReplay.intake(store, question.reading()));
  }

  private record Scan(TransitionQuestion question)
      implements StoreScan.Work<TransitionReplay, TransitionTable> {

    @Override
    public TransitionReplay begin(String workload, String traceId) {
      return new TransitionReplay(question, workload, traceId);
    }

    @Override
    public void add(TransitionReplay replay, FrameView frame, long count) {
      replay.add(frame, count);
    }

    @Override
    public TransitionTable sum(TransitionReplay replay) {
      return replay.table();
    }

    @Override
    public TransitionTable zero() {
      return new TransitionTable();
    }

    @Override
    public TransitionTable plus(TransitionTable left, TransitionTable right) {
      return left.plus(right);
    }
  }
}
