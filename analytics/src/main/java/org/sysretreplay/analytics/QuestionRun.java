package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.QuestionPieces.Piece;
import org.sysretreplay.analytics.count.FrameTimes;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Puts a question to trace files and stores, cut into pieces that any {@link Workers} can do.
 *
 * <p>Stores are counted column by column, and so are Parquet files of other programs. If such a
 * file has a row that is no frame, or is damaged, one worker reads it again frame by frame, as it
 * reads every other format: the answer is the same and its errors say more. Only the columns that
 * the question needs are read, so that damage to the others goes unnoticed.
 *
 * @param <T> the table that the question adds up
 */
final class QuestionRun<T> {

  private final Fold<T> question;
  private final Workers workers;
  private final long minPartBytes;

  QuestionRun(Fold<T> question, Workers workers) {
    this(question, workers, PartBytes.MIN);
  }

  /**
   * @param minPartBytes files are cut into parts of at least this size
   */
  QuestionRun(Fold<T> question, Workers workers, long minPartBytes) {
    this.question = question;
    this.workers = workers;
    this.minPartBytes = minPartBytes;
  }

  /**
   * The result of some pieces.
   *
   * @param foreign the results of rows of foreign Parquet files, by the index of the file; kept
   *     apart until all rows of a file are known to be frames
   */
  private record Sum<T>(T table, Intake intake, Map<Integer, Counted<T>> foreign)
      implements Serializable {}

  /**
   * The result of rows of one foreign file.
   *
   * @param complete whether every row is a frame; if not, the other values mean nothing
   */
  private record Counted<T>(
      T table, TraceSigns signs, long frames, long exits, TimeSpan span, boolean complete)
      implements Serializable {}

  /** The work on one piece. */
  private record Judging<T>(Fold<T> question, Map<String, String> options)
      implements Workers.Work<Piece, Sum<T>> {

    @Override
    public Sum<T> zero() {
      return new Sum<>(question.zero(), Intake.zero(), new HashMap<>());
    }

    @Override
    public Sum<T> of(Piece piece) {
      if (piece instanceof Piece.File file) {
        return read(file.trace());
      }
      try (ParquetFiles files = new ParquetFiles(options)) {
        if (piece instanceof Piece.Stored stored) {
          return count(files, stored);
        }
        Piece.Foreign foreign = (Piece.Foreign) piece;
        Map<Integer, Counted<T>> counted = new HashMap<>();
        counted.put(foreign.trace(), countForeign(files, foreign.rows()));
        return new Sum<>(question.zero(), Intake.zero(), counted);
      }
    }

    /** A file that turns out to be unreadable is refused; the others still count. */
    private Sum<T> read(TraceInput trace) {
      try {
        Answer<T> answer = TraceReplay.answer(question, trace);
        return new Sum<>(answer.table(), answer.intake(), new HashMap<>());
      } catch (TraceException e) {
        return new Sum<>(question.zero(), Intake.ofRefused(trace, e), new HashMap<>());
      }
    }

    private Sum<T> count(ParquetFiles files, Piece.Stored stored) {
      return question.apart().stream()
          .map(it -> count(it, files, stored))
          .reduce(this::merge)
          .orElseThrow();
    }

    private Sum<T> count(Fold<T> asked, ParquetFiles files, Piece.Stored stored) {
      FramePart part = stored.rows();
      MachineSignSink<T> sink = begin(asked, part);
      new PartCounter(files, FrameOrigin.STORE, asked)
          .forEach(part, (frame, rows, exits) -> sink.add(frame, exits));
      T table = sink.table();
      if (asked.byAddress()) {
        asked.locate(table, part.trace(), stored.maps().read(files));
      }
      return new Sum<>(table, Intake.of(sink.signs()), new HashMap<>());
    }

    private MachineSignSink<T> begin(Fold<T> asked, FramePart part) {
      return new MachineSignSink<>(asked.begin(part.workload(), part.trace()), part.trace());
    }

    private Counted<T> countForeign(ParquetFiles files, FramePart part) {
      return question.apart().stream()
          .map(it -> countForeign(it, files, part))
          .reduce(this::besides)
          .orElseThrow();
    }

    private Counted<T> countForeign(Fold<T> asked, ParquetFiles files, FramePart part) {
      MachineSignSink<T> sink = begin(asked, part);
      long[] seen = {0, 0};
      try {
        new PartCounter(files, FrameOrigin.TRACE, asked)
            .forEach(
                part,
                (frame, rows, exits) -> {
                  sink.add(frame, exits);
                  seen[0] += rows;
                  seen[1] = Counts.addExits(part.trace(), seen[1], exits);
                });
        TimeSpan span = FrameTimes.span(files, part);
        return new Counted<>(sink.table(), sink.signs(), seen[0], seen[1], span, true);
      } catch (TraceException e) {
        return new Counted<>(question.zero(), TraceSigns.NONE, 0, 0, TimeSpan.NONE, false);
      }
    }

    /** Joins the results of two questions to the same rows. */
    private Counted<T> besides(Counted<T> left, Counted<T> right) {
      return new Counted<>(
          question.merge(left.table(), right.table()),
          left.signs().plus(right.signs()),
          left.frames(),
          left.exits(),
          left.span(),
          left.complete() && right.complete());
    }

    @Override
    public Sum<T> merge(Sum<T> left, Sum<T> right) {
      right.foreign().forEach((trace, it) -> left.foreign().merge(trace, it, this::merge));
      return new Sum<>(
          question.merge(left.table(), right.table()),
          left.intake().plus(right.intake()),
          left.foreign());
    }

    private Counted<T> merge(Counted<T> left, Counted<T> right) {
      return new Counted<>(
          question.merge(left.table(), right.table()),
          left.signs().plus(right.signs()),
          left.frames() + right.frames(),
          left.exits() + right.exits(),
          left.span().plus(right.span()),
          left.complete() && right.complete());
    }
  }

  /**
   * The answer over all inputs; trace files that cannot be read, and stored traces that cannot be
   * asked, are in it as refused.
   *
   * @throws TraceException where a store cannot be read
   */
  Answer<T> answer(String name, List<TraceInput> traces, List<StoreSnapshot> all) {
    Askable askable = Askable.of(all, question);
    List<StoreSnapshot> stores = askable.stores();
    QuestionPieces cut = new QuestionPieces(workers.parallelism(), minPartBytes);
    List<Piece> pieces = new ArrayList<>(cut.ofFiles(traces));
    pieces.addAll(cut.ofStores(stores, question.byAddress()));
    Judging<T> judging = new Judging<>(question, workers.fileSystemOptions());
    Sum<T> sum = workers.merge(name, pieces, judging);
    List<Piece> again = new ArrayList<>();
    for (Map.Entry<Integer, Counted<T>> it : sum.foreign().entrySet()) {
      TraceInput trace = traces.get(it.getKey());
      if (it.getValue().complete()) {
        sum = judging.merge(sum, ofForeign(trace, it.getValue()));
      } else {
        again.add(new Piece.File(trace));
      }
    }
    if (!again.isEmpty()) {
      sum = judging.merge(sum, workers.merge(name, again, judging));
    }
    Intake intake = sum.intake().plus(askable.refused());
    for (StoreSnapshot store : stores) {
      note(sum.table(), store);
      intake = intake.plus(Intake.of(store, question.reading()));
    }
    return new Answer<>(sum.table(), intake);
  }

  private Sum<T> ofForeign(TraceInput trace, Counted<T> counted) {
    question.note(counted.table(), trace.workload(), trace.traceId(), counted.span().nanos());
    Counts counts = new Counts(counted.frames(), counted.frames(), 0, 0, 0, counted.exits());
    Intake intake = Intake.of(trace, counts, new RejectSummary()).with(counted.signs());
    return new Sum<>(counted.table(), intake, new HashMap<>());
  }

  private void note(T table, StoreSnapshot store) {
    store
        .traces()
        .forEach(it -> question.note(table, store.workload(it), it.traceId(), it.span().nanos()));
  }
}
