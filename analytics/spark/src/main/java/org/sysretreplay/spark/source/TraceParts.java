package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TracePart;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.spark.engine.SparkWorkers;

/**
 * Divides trace files among the tasks of a query. Large files are cut if their format allows it,
 * into parts of {@code spark.sql.files.maxPartitionBytes}.
 */
final class TraceParts {

  /** What has to be counted in the parts before a part; this takes a job of its own. */
  private enum Counted {
    NOTHING,
    /** For the places of rejects. */
    LINES,
    /** For the numbers of frames. */
    FRAMES
  }

  private static final long HEAP_BYTES = 1 << 24;

  private final PerfScan scan;

  TraceParts(PerfScan scan) {
    this.scan = scan;
  }

  /**
   * The parts of all files, in their order.
   *
   * @throws RuntimeException Spark's AnalysisException, if a file cannot be read
   */
  List<TracePart> of(List<TraceInput> traces) {
    try {
      List<TracePart> parts = new ArrayList<>();
      traces.forEach(it -> parts.addAll(of(it)));
      Counted counted = counted();
      return counted == Counted.NOTHING ? parts : behind(parts, counted);
    } catch (TraceException e) {
      throw Refusal.of(e);
    }
  }

  /**
   * The parts of one file. It stays whole in permissive mode, so that a damaged file gives
   * everything before the damage, and for the table {@code traces}, which has one row for each
   * file.
   */
  private List<TracePart> of(TraceInput trace) {
    boolean inOne = scan.options().permissive() || scan.options().table() == SourceTable.TRACES;
    return inOne
        ? List.of(TracePart.all(trace))
        : TracePart.of(trace, SQLConf.get().filesMaxPartitionBytes());
  }

  private Counted counted() {
    return switch (scan.options().table()) {
      case REJECTS -> Counted.LINES;
      case TRACES -> Counted.NOTHING;
      case FRAMES -> asksForNumbers() ? Counted.FRAMES : Counted.NOTHING;
    };
  }

  private boolean asksForNumbers() {
    FrameField number = new FrameField.Stored(FrameColumn.SEQ);
    return scan.fields().contains(number) || scan.filter().fields().contains(number);
  }

  /** The same parts, each with the count of the parts before it. */
  private List<TracePart> behind(List<TracePart> parts, Counted counted) {
    List<TracePart> cut = parts.stream().filter(it -> !it.isAll()).toList();
    if (cut.isEmpty()) {
      return parts;
    }
    List<Long> counts = new ArrayList<>();
    SparkWorkers.ofAnother(SparkSession.active().sparkContext(), Map.of())
        .each(
            "count before parts of traces",
            cut,
            HEAP_BYTES,
            count(counted, scan.options().reading()),
            (part, count) -> counts.add(count),
            count -> {});
    return behind(parts, counts, counted);
  }

  private static Workers.Each<TracePart, Long> count(Counted counted, Reading reading) {
    return counted == Counted.LINES ? TracePart::countLines : part -> part.countFrames(reading);
  }

  private static List<TracePart> behind(List<TracePart> parts, List<Long> counts, Counted counted) {
    List<TracePart> behind = new ArrayList<>();
    int next = 0;
    long before = 0;
    for (TracePart part : parts) {
      before = part.start() == 0 ? 0 : before;
      boolean lines = counted == Counted.LINES;
      behind.add(part.isAll() ? part : part.behind(lines ? before : 0, lines ? 0 : before));
      before += part.isAll() ? 0 : counts.get(next++);
    }
    return behind;
  }
}
