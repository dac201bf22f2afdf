package org.sysretreplay.analytics.listing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.report.FrameLines.Totals;
import org.sysretreplay.analytics.verdict.PartsOutput;
import org.sysretreplay.analytics.verdict.Piece;
import org.sysretreplay.analytics.verdict.PieceFrames;
import org.sysretreplay.analytics.verdict.RowWriter;
import org.sysretreplay.analytics.verdict.VerdictOutput;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.trace.OutputException;

/**
 * Lists frames of traces and stores, ordered by workload, by trace, and within a trace in its
 * order.
 */
public final class FrameList {

  private static final Comparator<Piece> ORDER =
      Comparator.comparing(FrameList::workload).thenComparing(Piece::traceId);

  private final Engine engine;
  private final ListQuestion question;
  private final Inputs inputs;
  private final Path target;
  private final HeadAndFoot headAndFoot;

  /** Gives the text above and below the frames. */
  public interface HeadAndFoot {

    /** The text above the frames. */
    String head();

    /** The text below the frames. */
    String foot(Listed listed);
  }

  /**
   * The result of listing frames.
   *
   * @param first the name of the first frame in the list that {@code explain} can explain
   * @param unseen a sentence for each text of the filter that no frame has
   */
  public record Listed(
      Totals totals, Intake intake, Optional<String> first, List<Sentence> unseen) {}

  /**
   * The summary of a trace's part of the list.
   *
   * @param first one name or none
   */
  private record Summary(Intake intake, Totals totals, List<String> first, SeenTexts seen)
      implements PartsOutput.Summary {}

  private FrameList(
      Engine engine, ListQuestion question, Inputs inputs, Path target, HeadAndFoot headAndFoot) {
    this.engine = engine;
    this.question = question;
    this.inputs = inputs;
    this.target = target;
    this.headAndFoot = headAndFoot;
  }

  /**
   * Lists the frames that a question asks for; replaces an earlier output.
   *
   * @param target the file or folder to write, on this machine
   * @param headAndFoot used only if the format is text
   * @return the totals, and what became of the records. Trace files that cannot be read are left
   *     out. Nothing is written if the frames show something about their machine that the question
   *     did not know; the caller then asks again
   * @throws OutputException if the output cannot be written; it is then as it was
   * @throws org.sysretreplay.analytics.UnreadableException if every input was refused; the output
   *     is then as it was
   */
  public static Listed write(
      Engine engine, ListQuestion question, Inputs inputs, Path target, HeadAndFoot headAndFoot) {
    FrameList list = new FrameList(engine, question, inputs, target, headAndFoot);
    return engine.ofStores(inputs, list::write);
  }

  private Listed write(List<StoreSnapshot> stores) {
    try (VerdictOutput output = VerdictOutput.begin(target)) {
      PartsOutput parts =
          new PartsOutput(
              engine.workers(),
              "frames",
              PieceFrames.HEAP_BYTES,
              target,
              output,
              question.format().extension());
      List<Piece> pieces = pieces(stores);
      Set<String> shared = shared(pieces);
      List<PartsOutput.Part<Summary>> made = parts.make(pieces, maker(question, shared));
      Intake intake =
          made.stream().map(PartsOutput.Part::intake).reduce(Intake.zero(), Intake::plus);
      List<PartsOutput.Part<Summary>> kept = cut(parts, made, shared);
      inputs.traces().forEach(TraceInput::checkUnchanged);
      for (StoreSnapshot store : stores) {
        intake = intake.plus(Intake.of(store, question.judging().reading()));
      }
      intake.requireAny();
      Listed listed = new Listed(totals(made, kept), intake, first(kept), unseen(made));
      if (question.judging().machines().know(intake.signs())) {
        publish(output, kept, listed);
      }
      return listed;
    } catch (IOException e) {
      throw PartsOutput.unwritable(target.toString(), e);
    }
  }

  /** The pieces of all inputs, in the order of the list. */
  private List<Piece> pieces(List<StoreSnapshot> stores) {
    List<Piece> sorted = Piece.all(inputs, stores, Long.MAX_VALUE).stream().sorted(ORDER).toList();
    List<Piece> numbered = new ArrayList<>();
    for (Piece piece : sorted) {
      numbered.add(piece.numbered(numbered.size()));
    }
    return numbered;
  }

  private static String workload(Piece piece) {
    return piece instanceof Piece.File file
        ? file.trace().workload()
        : ((Piece.Stored) piece).rows().workload();
  }

  /** The trace ids that occur in several workloads. */
  private static Set<String> shared(List<Piece> pieces) {
    Map<String, String> workloads = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (Piece piece : pieces) {
      String before = workloads.putIfAbsent(piece.traceId(), workload(piece));
      if (before != null && !before.equals(workload(piece))) {
        shared.add(piece.traceId());
      }
    }
    return shared;
  }

  private static PartsOutput.Maker<Summary> maker(ListQuestion question, Set<String> shared) {
    return (piece, file, options) -> {
      ListedTrace trace =
          new ListedTrace(workload(piece), piece.traceId(), !shared.contains(piece.traceId()));
      return new Listing(question, trace).write(piece, file, options);
    };
  }

  /** Lists the frames of one trace. */
  private static final class Listing {

    private final ListQuestion question;
    private final ListedTrace trace;
    private final Judge judge;
    private final List<FilterColumn> open;
    private final SeenTexts seen;
    private long shown;
    private long frames;
    private long exits;
    private List<String> first = List.of();

    Listing(ListQuestion question, ListedTrace trace) {
      this.question = question;
      this.trace = trace;
      open = question.filter().openColumns();
      seen = new SeenTexts(open);
      Machines machines = question.judging().machines();
      judge = question.judging().models().judges(machines, trace.traceId()).get(0);
    }

    Summary write(Piece piece, NewFile file, Map<String, String> options) throws IOException {
      Predicate<ListedFrame> wanted = question.filter().predicate();
      try (RowWriter<ListedFrame> rows = ListWriters.of(question, file.output())) {
        PieceFrames reader =
            new PieceFrames(
                question.judging().reading(),
                frame -> isWanted(ListedFrame.of(trace, frame, judge), wanted),
                question.most(),
                frame -> add(ListedFrame.of(trace, frame, judge), rows));
        Intake intake = reader.read(piece, options);
        return new Summary(intake, new Totals(shown, frames, exits), first, seen);
      }
    }

    private boolean isWanted(ListedFrame frame, Predicate<ListedFrame> wanted) {
      seen.add(frame, open);
      boolean taken = wanted.test(frame);
      frames += taken ? 1 : 0;
      exits += taken ? frame.frame().count() : 0;
      return taken;
    }

    private void add(ListedFrame frame, RowWriter<ListedFrame> rows) throws IOException {
      shown++;
      if (first.isEmpty() && frame.frame().count() == 1) {
        first = List.of(frame.name());
      }
      rows.add(frame);
    }
  }

  /**
   * The parts that make up the list; the last one is made again, cut to what the list has room for.
   */
  private List<PartsOutput.Part<Summary>> cut(
      PartsOutput parts, List<PartsOutput.Part<Summary>> made, Set<String> shared)
      throws IOException {
    List<PartsOutput.Part<Summary>> kept = new ArrayList<>();
    long left = question.most();
    for (PartsOutput.Part<Summary> part : made) {
      if (left == 0) {
        return kept;
      }
      long shown = part.summary().map(it -> it.totals().shown()).orElse(0L);
      if (shown > left) {
        kept.addAll(parts.make(List.of(part.piece()), maker(question.first(left), shared)));
        return kept;
      }
      if (shown > 0) {
        kept.add(part);
      }
      left -= shown;
    }
    return kept;
  }

  private static Totals totals(
      List<PartsOutput.Part<Summary>> made, List<PartsOutput.Part<Summary>> kept) {
    return new Totals(
        summaries(kept).stream().mapToLong(it -> it.totals().shown()).sum(),
        summaries(made).stream().mapToLong(it -> it.totals().frames()).sum(),
        summaries(made).stream().mapToLong(it -> it.totals().exits()).sum());
  }

  private static List<Summary> summaries(List<PartsOutput.Part<Summary>> parts) {
    return parts.stream().flatMap(it -> it.summary().stream()).toList();
  }

  private static Optional<String> first(List<PartsOutput.Part<Summary>> kept) {
    return summaries(kept).stream().flatMap(it -> it.first().stream()).findFirst();
  }

  private List<Sentence> unseen(List<PartsOutput.Part<Summary>> made) {
    SeenTexts all = new SeenTexts(question.filter().openColumns());
    summaries(made).forEach(it -> all.addAll(it.seen()));
    return question.filter().unseen(all);
  }

  private void publish(VerdictOutput output, List<PartsOutput.Part<Summary>> kept, Listed listed)
      throws IOException {
    List<Path> files = kept.stream().flatMap(it -> it.file().stream()).toList();
    switch (question.format()) {
      case TEXT -> output.publishFile(headAndFoot.head(), files, headAndFoot.foot(listed));
      case JSONL -> output.publishFile("", files, "");
      case CSV -> output.publishFile(ListWriters.csvHeader(question.texts()), files, "");
      case PARQUET -> output.publishFolder(ListColumns.ALL, files);
    }
  }
}
