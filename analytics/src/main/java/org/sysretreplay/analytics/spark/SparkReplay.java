package org.sysretreplay.analytics.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.ingest.TraceInput;
import org.sysretreplay.ingest.spark.TraceStore;

/** The Spark path: a question put to trace files and stores together. */
public final class SparkReplay {

  private SparkReplay() {}

  /** The answer over all traces and stores; each trace file is read by one task. */
  public static Answer answer(
      SparkSession spark, Question question, List<TraceInput> traces, List<TraceStore> stores) {
    Answer answer = overTraces(spark, question, traces);
    for (TraceStore store : stores) {
      spark.sparkContext().setJobDescription("replay " + store.root());
      answer = answer.plus(StoreReplay.answer(question, store.read()));
    }
    return answer;
  }

  private static Answer overTraces(SparkSession spark, Question question, List<TraceInput> traces) {
    if (traces.isEmpty()) {
      return Answer.zero();
    }
    spark.sparkContext().setJobDescription("replay " + traces.size() + " trace files");
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(traces, traces.size())
        .map(input -> TraceReplay.answer(question, input))
        .reduce(Answer::plus);
  }
}
