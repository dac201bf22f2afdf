package org.sysretreplay.analytics.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.count.FrameTimes;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Puts a question to trace files. One in Parquet is counted by columns, several tasks a file; where
 * any of its rows is no frame, or anything is wrong with it, it is read as every other file is:
 * frame by frame, by one task, whose answer is the same and whose errors say more.
 *
 * <p>Only the columns that are asked for are read, so that damage to others is not met.
 */
final class TraceScan {

  /** Of a smaller part opening the file takes longer than reading it. */
  private static final long MIN_PART_BYTES = 1 << 22;

  private TraceScan() {}

  /**
   * What is asked of trace files; goes to the tasks.
   *
   * @param <R> takes in the frames of a part of one trace
   * @param <S> what these come to
   * @param <A> the answer; adds up in any order
   */
  interface Work<R, S, A> extends Serializable {

    /** What is done with frames that are counted. */
    StoreScan.Work<R, S> frames();

    Reading reading();

    /** The columns that frames are counted by, besides their class. */
    List<GroupColumn> by();

    /** The answer of one file, read frame by frame. */
    A read(TraceInput trace);

    /** The answer of one file that was counted. */
    A counted(TraceInput trace, Counted<S> counted);

    A zero();

    /** The sum of both; may add into the left one. */
    A plus(A left, A right);
  }

  /**
   * What parts of one file came to.
   *
   * @param complete whether every row of them is a frame; nothing else counts where not
   */
  record Counted<S>(S sum, long frames, TimeSpan span, boolean complete) implements Serializable {

    private static <S> Counted<S> plus(StoreScan.Work<?, S> work, Counted<S> a, Counted<S> b) {
      return new Counted<>(
          work.plus(a.sum, b.sum),
          a.frames + b.frames,
          a.span.plus(b.span),
          a.complete && b.complete);
    }

    /** What became of the rows: each is a frame. */
    Intake intake() {
      return new Intake(new Counts(frames, frames, 0, 0, 0), new RejectSummary());
    }
  }

  /**
   * A part of a file.
   *
   * @param trace which of the files
   */
  private record Part(int trace, FramePart rows) implements Serializable {}

  /** The answer over all files. */
  static <R, S, A> A answer(Work<R, S, A> work, JavaSparkContext context, List<TraceInput> traces) {
    Map<Integer, Counted<S>> counted = count(work, context, traces, partBytes(context, traces));
    A answer = work.zero();
    List<TraceInput> rest = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      Counted<S> rows = counted.get(i);
      if (rows != null && rows.complete()) {
        answer = work.plus(answer, work.counted(traces.get(i), rows));
      } else {
        rest.add(traces.get(i));
      }
    }
    return work.plus(answer, read(work, context, rest));
  }

  /** So that all cores have something to do, but small files are not cut. */
  private static long partBytes(JavaSparkContext context, List<TraceInput> traces) {
    long bytes =
        traces.stream()
            .filter(TraceScan::hasColumns)
            .mapToLong(it -> size(Path.of(it.file())))
            .sum();
    long each = bytes / (context.defaultParallelism() * StoreScan.TASKS);
    return Math.max(MIN_PART_BYTES, Math.min(StoreScan.PART_BYTES, each));
  }

  private static <A> A read(Work<?, ?, A> work, JavaSparkContext context, List<TraceInput> traces) {
    return traces.isEmpty()
        ? work.zero()
        : context.parallelize(traces, traces.size()).map(work::read).reduce(work::plus);
  }

  private static List<Part> parts(List<TraceInput> traces, long partBytes) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      if (hasColumns(traces.get(i))) {
        addParts(i, traces.get(i), partBytes, parts);
      }
    }
    return parts;
  }

  /** A packed file has to be unpacked from start to end. */
  private static boolean hasColumns(TraceInput trace) {
    try {
      return trace.format() == TraceFormat.PARQUET
          && TraceBytes.packingOf(Path.of(trace.file())) == TraceBytes.Packing.PLAIN;
    } catch (IOException e) {
      throw TraceBytes.unreadable(trace.file(), e);
    }
  }

  private static void addParts(int index, TraceInput trace, long partBytes, List<Part> parts) {
    Path path = Path.of(trace.file()).toAbsolutePath();
    String file = new org.apache.hadoop.fs.Path(path.toUri()).toString();
    long bytes = size(path);
    for (long start = 0; start < bytes; start += partBytes) {
      long next = start + partBytes;
      // Of a row group whose place is damaged the last part knows that it is there.
      long end = next < bytes ? next : Long.MAX_VALUE;
      FramePart rows = new FramePart(trace.workload(), trace.traceId(), file, start, end);
      parts.add(new Part(index, rows));
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw TraceBytes.unreadable(path.toString(), e);
    }
  }

  /** What the Parquet files among the traces come to, by their places in the list. */
  static <R, S> Map<Integer, Counted<S>> count(
      Work<R, S, ?> work, JavaSparkContext context, List<TraceInput> traces, long partBytes) {
    List<Part> parts = parts(traces, partBytes);
    if (parts.isEmpty()) {
      return Map.of();
    }
    SerializableConfiguration options =
        new SerializableConfiguration(context.hadoopConfiguration());
    return context
        .parallelize(parts, parts.size())
        .map(part -> of(part.trace(), count(work, options.value(), part.rows())))
        .reduce((left, right) -> merged(work.frames(), left, right));
  }

  private static <S> Map<Integer, Counted<S>> of(int trace, Counted<S> counted) {
    Map<Integer, Counted<S>> only = new HashMap<>();
    only.put(trace, counted);
    return only;
  }

  private static <S> Map<Integer, Counted<S>> merged(
      StoreScan.Work<?, S> work, Map<Integer, Counted<S>> into, Map<Integer, Counted<S>> other) {
    other.forEach((trace, it) -> into.merge(trace, it, (a, b) -> Counted.plus(work, a, b)));
    return into;
  }

  private static <R, S> Counted<S> count(
      Work<R, S, ?> work, Configuration options, FramePart part) {
    try (ParquetFiles files = new ParquetFiles(options)) {
      return count(work, files, part);
    }
  }

  private static <R, S> Counted<S> count(Work<R, S, ?> work, ParquetFiles files, FramePart part) {
    StoreScan.Work<R, S> frames = work.frames();
    R replay = frames.begin(part.workload(), part.trace());
    long[] seen = {0};
    try {
      new CountedParts(files, FrameOrigin.TRACE, work.reading(), work.by())
          .forEach(
              part,
              (frame, count) -> {
                frames.add(replay, frame, count);
                seen[0] += count;
              });
      TimeSpan span = FrameTimes.span(files, part);
      return new Counted<>(frames.sum(replay), seen[0], span, true);
    } catch (TraceException e) {
      return new Counted<>(frames.zero(), 0, TimeSpan.NONE, false);
    }
  }
}
