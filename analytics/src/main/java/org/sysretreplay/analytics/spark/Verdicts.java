package org.sysretreplay.analytics.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.CountingReader;
import org.sysretreplay.ingest.TraceInput;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TraceRecord.Accepted;
import org.sysretreplay.ingest.TraceRecord.Rejected;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import org.sysretreplay.ingest.spark.TraceStore;

/** One verdict for every frame of traces and stores, and what became of their records. */
final class Verdicts {

  private final JavaSparkContext context;
  private final Judge judge;

  /** What tasks have read; a task that is tried again tells only of the time that it succeeds. */
  private final CollectionAccumulator<Intake> read = new CollectionAccumulator<>();

  private Intake stored = Intake.zero();

  Verdicts(SparkSession spark, ExitModel model, Machine machine) {
    context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    judge = new Judge(model.id(), machine);
    read.register(spark.sparkContext(), scala.Option.empty(), false);
  }

  /** How frames are judged; the model goes to the tasks by its name. */
  private record Judge(String modelId, Machine machine) implements Serializable {

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
      stored = stored.plus(StoreReplay.intake(snapshot));
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
    CountingReader reader = input.open();
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
    Column[] columns =
        Stream.concat(
                Stream.of("trace", "seq", "entry"), Stream.of(Register.values()).map(Register::key))
            .map(functions::col)
            .toArray(Column[]::new);
    return frames
        .select(columns)
        .javaRDD()
        .mapPartitions(
            rows -> {
              ExitModel model = judge.model();
              Iterable<Row> all = () -> rows;
              return StreamSupport.stream(all.spliterator(), false)
                  .map(row -> judged(model, judge.machine(), row))
                  .iterator();
            });
  }

  private static Row judged(ExitModel model, Machine machine, Row row) {
    Registers registers =
        new Registers(
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8));
    EntryKind entry = EntryKind.ofKey(row.getString(2)).orElseThrow();
    return VerdictColumns.row(
        row.getString(0),
        row.getLong(1),
        model.judge(Exit.of(EntryPath.of(entry, registers), registers), machine));
  }
}
