package org.sysretreplay.analytics.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.TransitionAnswer;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.TransitionReplay;
import org.sysretreplay.analytics.TransitionTable;
import org.sysretreplay.ingest.TraceInput;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import org.sysretreplay.ingest.spark.TraceStore;

/** The Spark path of a question about two models, put to trace files and stores together. */
final class SparkTransitions {

  private SparkTransitions() {}

  /** The answer over all traces and stores; each trace file is read by one task. */
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
    if (traces.isEmpty()) {
      return TransitionAnswer.zero();
    }
    spark.sparkContext().setJobDescription("compare in " + traces.size() + " trace files");
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(traces, traces.size())
        .map(input -> TransitionReplay.answer(question, input))
        .reduce(TransitionAnswer::plus);
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
