package org.sysretreplay.ingest.store;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * The row of one trace in the table {@code traces}: where it came from, what it says of itself,
 * what became of its records, and its part files. A trace is in the store exactly if it has its
 * row.
 *
 * @param source the file as the user named it
 * @param format the id of its format
 * @param machine what was known of the machine when it was ingested
 * @param counts as when it is assembled
 * @param inKernel how many of the ignored records carry registers and were interrupts of the kernel
 * @param span from its first frame to its last
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

  public TraceRow {
    parts = List.copyOf(parts);
    if (rows(parts, StoreTable.FRAMES) != counts.accepted() + inKernel) {
      throw new IllegalArgumentException(
          "%d rows of frames were written for %d accepted and %d interrupts of the kernel"
              .formatted(rows(parts, StoreTable.FRAMES), counts.accepted(), inKernel));
    }
    // A row may stand for many.
    long rejects = rows(parts, StoreTable.REJECTS);
    if (rejects > counts.rejected() || rejects == 0 && counts.rejected() > 0) {
      throw new IllegalArgumentException(
          "%d rows were written for %d rejects".formatted(rejects, counts.rejected()));
    }
  }

  private static long rows(List<PartFile> parts, StoreTable table) {
    return parts.stream().filter(it -> it.table() == table).mapToLong(PartFile::rows).sum();
  }

  /** The part files of a table. */
  public List<PartFile> parts(StoreTable table) {
    return parts.stream().filter(it -> it.table() == table).toList();
  }

  /** Where all part files lie, as paths below the store's folder. */
  List<String> paths() {
    return parts.stream().map(this::path).toList();
  }

  /** Where a part file lies, as a path below the store's folder. */
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
