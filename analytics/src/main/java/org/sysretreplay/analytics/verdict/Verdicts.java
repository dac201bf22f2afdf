package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.analytics.count.ClassScan;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** Writes one verdict for every frame of traces and stores. */
public final class Verdicts {

  private Verdicts() {}

  /** Frames of one trace. */
  public sealed interface Piece extends Serializable {

    /** A whole trace file. */
    record File(int number, TraceInput trace) implements Piece {
      @Override
      public String traceId() {
        return trace.traceId();
      }
    }

    /** Rows of a store. */
    record Stored(int number, FramePart rows) implements Piece {
      @Override
      public String traceId() {
        return rows.trace();
      }
    }

    /** Which part of the output it becomes. */
    int number();

    /** The trace that the frames are of. */
    String traceId();
  }

  /** What became of the records of a piece. */
  private sealed interface Made extends Serializable {

    Intake intake();

    /** A part of the output was made from them. */
    record Part(String name, long sizeBytes, Intake intake) implements Made {}

    /** They cannot be read. */
    record Refused(Intake intake) implements Made {}
  }

  /**
   * Judges every frame and writes the verdicts in place of an earlier output: the trace files in
   * their order, then each store's traces by workload and name.
   *
   * @param target the file or folder to write, on this machine
   * @return what became of the records; nothing is written of trace files that cannot be read
   * @throws OutputException where it cannot be written; it is then as it was
   * @throws org.sysretreplay.analytics.UnreadableException where every input was refused; the
   *     output is then as it was
   */
  public static Intake write(
      Engine engine, VerdictQuestion question, Inputs inputs, Path target, VerdictFormat format) {
    return engine.ofStores(
        inputs, stores -> write(engine, question, inputs, stores, target, format));
  }

  private static Intake write(
      Engine engine,
      VerdictQuestion question,
      Inputs inputs,
      List<StoreSnapshot> stores,
      Path target,
      VerdictFormat format) {
    try {
      VerdictOutput output = VerdictOutput.begin(target);
      try {
        List<Made> made =
            write(
                engine.workers(),
                question,
                pieces(inputs, stores, Long.MAX_VALUE),
                output.staging(),
                format);
        Intake intake = made.stream().map(Made::intake).reduce(Intake.zero(), Intake::plus);
        intake.requireAny(inputs);
        List<Path> files = new ArrayList<>();
        for (Made each : made) {
          if (each instanceof Made.Part part) {
            files.add(checked(output.staging().resolve(part.name()), part));
          }
        }
        output.publish(format, files);
        for (StoreSnapshot store : stores) {
          intake = intake.plus(Intake.of(store, question.reading()));
        }
        return intake;
      } finally {
        output.discard();
      }
    } catch (IOException e) {
      throw OutputException.unwritable(target.toString(), e);
    }
  }

  /**
   * All frames in pieces: the trace files in their order, then each store's traces by workload and
   * name.
   *
   * @param partBytes how much of a store's part file a piece has at most; a row group in any case
   */
  public static List<Piece> pieces(Inputs inputs, List<StoreSnapshot> stores, long partBytes) {
    List<Piece> pieces = new ArrayList<>();
    inputs.traces().forEach(it -> pieces.add(new Piece.File(pieces.size(), it)));
    stores.stream()
        .flatMap(it -> it.parts(partBytes).stream())
        .forEach(it -> pieces.add(new Piece.Stored(pieces.size(), it)));
    return pieces;
  }

  private static List<Made> write(
      Workers workers,
      VerdictQuestion question,
      List<Piece> pieces,
      Path staging,
      VerdictFormat format) {
    List<Made> made = new ArrayList<>();
    Map<String, String> options = workers.fileSystemOptions();
    String folder = staging.toString();
    workers.each(
        "replay",
        pieces,
        ClassScan.HEAP_BYTES,
        piece -> write(question, piece, folder, format, options),
        (piece, each) -> made.add(each),
        each -> {});
    return made;
  }

  /** A worker may have written to a place of its own, which is called as the output is. */
  private static Path checked(Path file, Made.Part part) throws IOException {
    long size = Files.exists(file) ? Files.size(file) : -1;
    if (size != part.sizeBytes()) {
      throw new IOException(
          "the workers do not write to this machine's " + file.getParent().getParent());
    }
    return file;
  }

  private static Made write(
      VerdictQuestion question,
      Piece piece,
      String folder,
      VerdictFormat format,
      Map<String, String> options) {
    String name = "part-%05d%s".formatted(piece.number(), format.extension());
    try (NewFile file = FileTrees.at(Path.of(folder)).create(name)) {
      Intake intake = write(question, piece, file, format, options);
      return new Made.Part(name, file.publish().sizeBytes(), intake);
    } catch (TraceException e) {
      return refused(piece, e);
    } catch (IOException e) {
      throw OutputException.unwritable(folder, e);
    }
  }

  /** A file that turns out to be unreadable is refused; a store is no store any more. */
  private static Made refused(Piece piece, TraceException why) {
    if (piece instanceof Piece.File file) {
      return new Made.Refused(Intake.ofRefused(file.trace(), why));
    }
    throw why;
  }

  private static Intake write(
      VerdictQuestion question,
      Piece piece,
      NewFile file,
      VerdictFormat format,
      Map<String, String> options)
      throws IOException {
    try (VerdictWriter to = VerdictWriter.of(format, file.output(), piece.traceId())) {
      return judge(question, piece, options, to);
    }
  }

  /**
   * Judges all frames of a piece, in the order of their trace.
   *
   * @param options settings of the Hadoop file system that a store lies on
   * @return what became of the records that were read for it
   * @throws TraceException where they cannot be read, or have no verdict each
   * @throws IOException as the sink throws it
   */
  public static Intake judge(
      VerdictQuestion question, Piece piece, Map<String, String> options, VerdictSink to)
      throws IOException {
    if (piece instanceof Piece.File read) {
      return judge(question, read.trace(), to);
    }
    FramePart rows = ((Piece.Stored) piece).rows();
    try (ParquetFiles files = new ParquetFiles(options)) {
      if (ClassScan.hasCounted(files, rows)) {
        throw counted(rows.file());
      }
      return Intake.of(judge(question, rows, files, to));
    }
  }

  private static Intake judge(VerdictQuestion question, TraceInput trace, VerdictSink to)
      throws IOException {
    Function<Exit, Verdict> judge = question.judge(trace.traceId());
    RejectSummary rejects = new RejectSummary();
    Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);
    try (CountingReader reader = trace.open(question.reading())) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          checkOne(frame, trace.file());
          signs.addAll(MachineSign.of(frame, frame.assembly().stage()));
          to.add(frame.seq(), judge.apply(frame));
        } else if (next instanceof Rejected rejected) {
          rejects.plus(rejected.reject());
        }
      }
      return Intake.of(trace.file(), reader.counts(), rejects)
          .with(TraceSigns.of(trace.traceId(), signs));
    }
  }

  private static void checkOne(ExitFrame frame, String source) {
    if (frame.count() > 1) {
      throw counted(source);
    }
  }

  private static TraceException counted(String source) {
    return TraceException.of(
        source,
        "its exits were counted where they were recorded, and have no verdict each",
        "ask for their sums with report");
  }

  /** Frames of one class have one verdict. */
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
