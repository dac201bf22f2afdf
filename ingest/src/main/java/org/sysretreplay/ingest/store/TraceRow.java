package org.sysretreplay.ingest.store;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * The row of one trace in the table {@code traces}: its origin, its header, the counts of its
 * records, and its part files. A trace is in the store exactly if it has a row.
 *
 * @param source the file as the user named it
 * @param format the id of its format
 * @param machine the facts about the machine that were known when it was ingested
 * @param counts the counts of its records in the reading {@link Reading#ASSEMBLED}
 * @param inKernel how many of the ignored records were interrupts of the kernel, which carry
 *     registers
 * @param span the time from its first frame to its last
 */
public record TraceRow(
    String workload,
    String traceId,
    String source,
    String format,
    TraceHeader header,
    MachineFacts machine,
    Counts counts,
    long inKernel,
    TimeSpan span,
    List<PartFile> parts)
    implements TraceFacts, Serializable {

  /** The format of a trace that was generated, and so was read from no file. */
  public static final String GENERATED = "generated";

  public TraceRow {
    parts = List.copyOf(parts);
    if (rows(parts, StoreTable.FRAMES) != counts.accepted() + inKernel) {
      throw new IllegalArgumentException(
          "%d rows of frames were written for %d accepted and %d interrupts of the kernel"
              .formatted(rows(parts, StoreTable.FRAMES), counts.accepted(), inKernel));
    }
    // A row of a reject may stand for many records.
    long rejects = rows(parts, StoreTable.REJECTS);
    if (rejects > counts.rejected() || rejects == 0 && counts.rejected() > 0) {
      throw new IllegalArgumentException(
          "%d rows were written for %d rejects".formatted(rejects, counts.rejected()));
    }
  }

  private static long rows(List<PartFile> parts, StoreTable table) {
    return parts.stream().filter(it -> it.table() == table).mapToLong(PartFile::rows).sum();
  }

  /** What to do if a part file is damaged, as the rest of a sentence. */
  String remedy() {
    return format.equals(GENERATED)
        ? "generate the trace again, with the same seed"
        : "ingest the trace again";
  }

  /** The part files of a table. */
  public List<PartFile> parts(StoreTable table) {
    return parts.stream().filter(it -> it.table() == table).toList();
  }

  /** The paths of all part files below the store's folder. */
  List<String> paths() {
    return parts.stream().map(this::path).toList();
  }

  /** The path of a part file below the store's folder. */
  String path(PartFile part) {
    return StoreLayout.trace(part.table(), workload, traceId) + "/" + part.name();
  }

  @Override
  public Counts counts(Reading reading) {
    return switch (reading) {
      case ASSEMBLED -> counts;
      case AS_RECORDED ->
          new Counts(
              counts.seen(),
              counts.accepted() + inKernel,
              counts.rejected(),
              counts.ignored() - inKernel,
              counts.lost(),
              counts.exits() + inKernel);
    };
  }
}
