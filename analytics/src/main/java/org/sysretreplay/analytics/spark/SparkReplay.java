package org.sysretreplay.analytics.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Replay;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.Reading;

/** The Spark path: a question put to trace files and stores together. */
public final class SparkReplay {

  private SparkReplay() {}

  /** The answer over all traces and stores. */
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
    spark.sparkContext().setJobDescription("replay " + traces.size() + " trace files");
    return TraceScan.answer(
        new Traces(question), JavaSparkContext.fromSparkContext(spark.sparkContext()), traces);
  }

  /** A question to trace files. */
  record Traces(Question question) implements TraceScan.Work<Replay, TallyTable, Answer> {

    @Override
    public StoreScan.Work<Replay, TallyTable> frames() {
      return new StoreReplay.Scan(question);
    }

    @Override
    public Reading reading() {
      return question.reading();
    }

    @Override
    public List<GroupColumn> by() {
      return question.by();
    }

    @Override
    public Answer read(TraceInput trace) {
      return TraceReplay.answer(question, trace);
    }

    @Override
    public Answer counted(TraceInput trace, TraceScan.Counted<TallyTable> counted) {
      TallyTable table = counted.sum();
      table.addNanos(trace.workload(), counted.span().nanos());
      return new Answer(table, counted.intake());
    }

    @Override
    public Answer zero() {
      return Answer.zero();
    }

    @Override
    public Answer plus(Answer left, Answer right) {
      return left.plus(right);
    }
  }
}
