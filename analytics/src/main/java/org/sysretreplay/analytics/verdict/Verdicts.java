package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.analytics.count.ClassScan;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/** Writes one verdict for every frame of traces and stores. */
public final class Verdicts {

  private Verdicts() {}

  /**
   * Which columns rows have, and their format.
   *
   * @param more columns behind the verdict, in their order
   */
  public record Form(VerdictFormat format, List<ExtraColumns> more) implements Serializable {

    public Form {
      more = List.copyOf(more);
    }

    /** The most memory that one piece takes, in bytes. */
    private long heapBytes() {
      return more.isEmpty() ? ClassScan.HEAP_BYTES : PieceFrames.HEAP_BYTES;
    }
  }

  /** What a worker reports about a part of the output. */
  private record Judged(Intake intake) implements PartsOutput.Summary {}

  /**
   * Judges every frame and writes the verdicts, replacing an earlier output: the trace files in
   * their order, then each store's traces by workload and name.
   *
   * @param target the file or folder to write, on this machine
   * @return what became of the records. Trace files that cannot be read are left out. Nothing is
   *     written if the frames show something about their machine that the question did not know;
   *     the caller then asks again
   * @throws OutputException if the output cannot be written; it is then as it was
   * @throws org.sysretreplay.analytics.UnreadableException if every input was refused; the output
   *     is then as it was
   */
  public static Intake write(
      Engine engine, VerdictQuestion question, Inputs inputs, Path target, VerdictFormat format) {
    return write(engine, question, new Form(format, List.of()), inputs, target);
  }

  /** The same with columns of the frames themselves, for which whole frames are read. */
  public static Intake write(
      Engine engine, VerdictQuestion question, Form form, Inputs inputs, Path target) {
    return engine.ofStores(inputs, stores -> write(engine, question, form, inputs, stores, target));
  }

  private static Intake write(
      Engine engine,
      VerdictQuestion question,
      Form form,
      Inputs inputs,
      List<StoreSnapshot> stores,
      Path target) {
    try (VerdictOutput output = VerdictOutput.begin(target)) {
      PartsOutput parts =
          new PartsOutput(
              engine.workers(),
              "replay",
              form.heapBytes(),
              target,
              output,
              form.format().extension());
      List<PartsOutput.Part<Judged>> made =
          parts.make(
              Piece.all(inputs, stores, Long.MAX_VALUE),
              (piece, file, options) -> write(question, piece, file, form, options));
      Intake intake =
          made.stream().map(PartsOutput.Part::intake).reduce(Intake.zero(), Intake::plus);
      inputs.traces().forEach(TraceInput::checkUnchanged);
      for (StoreSnapshot store : stores) {
        intake = intake.plus(Intake.of(store, question.reading()));
      }
      intake.requireAny();
      if (question.machines().know(intake.signs())) {
        publish(output, made, form);
      }
      return intake;
    } catch (IOException e) {
      throw PartsOutput.unwritable(target.toString(), e);
    }
  }

  private static void publish(VerdictOutput output, List<PartsOutput.Part<Judged>> made, Form form)
      throws IOException {
    List<Path> files = made.stream().flatMap(it -> it.file().stream()).toList();
    switch (form.format()) {
      case PARQUET -> output.publishFolder(FrameVerdict.columns(form.more()), files);
      case JSONL -> output.publishFile("", files, "");
    }
  }

  private static Judged write(
      VerdictQuestion question, Piece piece, NewFile file, Form form, Map<String, String> options)
      throws IOException {
    return form.more().isEmpty()
        ? write(question, piece, file, form.format(), options)
        : writeFrames(question, piece, file, form, options);
  }

  private static Judged writeFrames(
      VerdictQuestion question, Piece piece, NewFile file, Form form, Map<String, String> options)
      throws IOException {
    List<Column<FrameVerdict>> columns = FrameVerdict.columns(form.more());
    try (RowWriter<FrameVerdict> to = RowWriter.of(form.format(), file.output(), columns)) {
      return new Judged(judgeFrames(question, piece, options, to::add));
    }
  }

  private static Judged write(
      VerdictQuestion question,
      Piece piece,
      NewFile file,
      VerdictFormat format,
      Map<String, String> options)
      throws IOException {
    try (RowWriter<VerdictRow> to = RowWriter.of(format, file.output(), VerdictRow.COLUMNS)) {
      String trace = piece.traceId();
      return new Judged(
          judge(
              question,
              piece,
              options,
              (seq, verdict) -> to.add(new VerdictRow(trace, seq, verdict))));
    }
  }

  /**
   * Judges all frames of a piece, in the order of their trace.
   *
   * @param options settings of the Hadoop file system that a store lies on
   * @return what became of the records that were read
   * @throws TraceException if the piece cannot be read, or its exits were counted at the recorder
   *     and have no verdict each
   * @throws IOException what the sink throws
   */
  public static Intake judge(
      VerdictQuestion question, Piece piece, Map<String, String> options, VerdictSink to)
      throws IOException {
    if (piece instanceof Piece.File) {
      return judgeFrames(
          question, piece, options, it -> to.add(it.verdict().seq(), it.verdict().verdict()));
    }
    FramePart rows = ((Piece.Stored) piece).rows();
    try (ParquetFiles files = new ParquetFiles(options)) {
      if (ClassScan.hasCounted(files, rows)) {
        throw counted(rows.file());
      }
      return Intake.of(judge(question, rows, files, to));
    }
  }

  /** Receives frames of one trace with their verdicts. */
  private interface JudgedSink {

    void add(FrameVerdict frame) throws IOException;
  }

  private static Intake judgeFrames(
      VerdictQuestion question, Piece piece, Map<String, String> options, JudgedSink to)
      throws IOException {
    String trace = piece.traceId();
    Function<Exit, Verdict> judge = question.judge(trace);
    PieceFrames.Visitor visitor =
        frame -> {
          checkOne(frame, piece.source());
          to.add(new FrameVerdict(new VerdictRow(trace, frame.seq(), judge.apply(frame)), frame));
        };
    return new PieceFrames(question.reading(), frame -> true, Long.MAX_VALUE, visitor)
        .read(piece, options);
  }

  private static void checkOne(ExitFrame frame, String source) {
    if (frame.count() > 1) {
      throw counted(source);
    }
  }

  /** The error of exits that were counted together. */
  static TraceException counted(String source) {
    return TraceException.of(
        source,
        "its exits were counted where they were recorded, so that none has a verdict of its own",
        "ask for their sums with report");
  }

  /** Judges each class of frames once, since all frames of a class have the same verdict. */
  private static TraceSigns judge(
      VerdictQuestion question, FramePart rows, ParquetFiles files, VerdictSink to)
      throws IOException {
    Function<Exit, Verdict> judge = question.judge(rows.trace());
    Map<FrameClass, Verdict> verdicts = new HashMap<>();
    new ClassScan(question.reading())
        .forEach(
            files, rows, (seq, frames) -> to.add(seq, verdicts.computeIfAbsent(frames, judge)));
    Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);
    verdicts.keySet().forEach(it -> signs.addAll(MachineSign.of(it, it.stage())));
    return TraceSigns.of(rows.trace(), signs);
  }
}
