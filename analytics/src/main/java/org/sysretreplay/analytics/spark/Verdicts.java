package org.sysretreplay.analytics.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.FrameColumns;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** One verdict for every frame of traces and stores, and what became of their records. */
final class Verdicts {

  private final JavaSparkContext context;
  private final Judge judge;

  /** What tasks have read; a task that is tried again tells only of the time that it succeeds. */
  private final CollectionAccumulator<Intake> read = new CollectionAccumulator<>();

  private Intake stored = Intake.zero();

  Verdicts(SparkSession spark, ExitModel model, Machine machine, Reading reading) {
    context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    judge = new Judge(model.id(), machine, reading);
    read.register(spark.sparkContext(), scala.Option.empty(), false);
  }

  /** How frames are judged; the model goes to the tasks by its name. */
  private record Judge(String modelId, Machine machine, Reading reading) implements Serializable {

    private ExitModel model() {
      return ExitModels.byId(modelId).orElseThrow();
    }
  }

  /**
   * The verdicts as rows of {@link VerdictColumns}: those of a trace file in the order of its
   * frames, those of a store in the order in which Spark takes its files.
   */
  JavaRDD<Row> rows(List<TraceInput> traces, List<TraceStore> stores) {
    List<JavaRDD<Row>> parts = new ArrayList<>();
    if (!traces.isEmpty()) {
      parts.add(judged(traces));
    }
    for (TraceStore store : stores) {
      StoreSnapshot snapshot = store.read();
      stored = stored.plus(StoreReplay.intake(snapshot, judge.reading()));
      parts.add(judged(judge, snapshot.frames()));
    }
    return parts.stream().reduce(context.emptyRDD(), JavaRDD::union);
  }

  /** What became of the records, once the rows have been read. */
  Intake intake() {
    Intake all = stored;
    for (Intake one : read.value()) {
      all = all.plus(one);
    }
    return all;
  }

  private JavaRDD<Row> judged(List<TraceInput> traces) {
    // The tasks get these two, and not this object with its context.
    Judge judge = this.judge;
    CollectionAccumulator<Intake> read = this.read;
    return context.parallelize(traces, traces.size()).flatMap(input -> judged(judge, input, read));
  }

  private static Iterator<Row> judged(
      Judge judge, TraceInput input, CollectionAccumulator<Intake> read) {
    ExitModel model = judge.model();
    CountingReader reader = input.open(judge.reading());
    RejectSummary rejects = new RejectSummary();
    Iterable<TraceRecord> records = () -> reader;
    Stream<ExitFrame> frames =
        StreamSupport.stream(records.spliterator(), false)
            .peek(it -> note(it, rejects))
            .filter(Accepted.class::isInstance)
            .map(it -> ((Accepted) it).frame());
    TaskCompletionListener close =
        context -> {
          read.add(new Intake(reader.counts(), rejects));
          reader.close();
        };
    TaskContext.get().addTaskCompletionListener(close);
    return frames
        .map(
            frame ->
                VerdictColumns.row(
                    input.traceId(), frame.seq(), model.judge(frame, judge.machine())))
        .iterator();
  }

  private static void note(TraceRecord record, RejectSummary rejects) {
    if (record instanceof Rejected rejected) {
      rejects.plus(rejected.reject());
    }
  }

  private static JavaRDD<Row> judged(Judge judge, Dataset<Row> frames) {
    return frames
        .select(FrameColumns.exitColumns())
        // A store has its rows in another order.
        .sortWithinPartitions("trace", "seq")
        .javaRDD()
        .mapPartitions(
            rows -> {
              ExitModel model = judge.model();
              Iterable<Row> all = () -> rows;
              return StreamSupport.stream(all.spliterator(), false)
                  .flatMap(row -> judged(model, judge, row).stream())
                  .iterator();
            });
  }

  private static Optional<Row> judged(ExitModel model, Judge judge, Row row) {
    return FrameColumns.exit(row, judge.reading())
        .map(
            exit ->
                VerdictColumns.row(
                    row.getAs("trace"),
                    row.<Long>getAs("seq"),
                    model.judge(exit, judge.machine())));
  }
}
