package org.sysretreplay.ingest.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.Counts;
import org.sysretreplay.ingest.Place;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.Reject;
import org.sysretreplay.ingest.RejectReason;
import org.sysretreplay.ingest.TimeSpan;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.TraceInput;
import org.sysretreplay.ingest.generate.GeneratedTrace;

/** The columns of {@code traces} and {@code rejects}. */
final class TraceColumns {

  /** One row for every trace: where it came from, what it says of itself, and its counts. */
  static final StructType TRACES =
      new StructType()
          .add("source", StringType, false)
          .add("format", StringType, false)
          .add("kernel_release", StringType)
          .add("perf_version", StringType)
          .add("hostname", StringType)
          .add("arch", StringType)
          .add("command_line", StringType)
          .add("seen", LongType, false)
          .add("accepted", LongType, false)
          .add("rejected", LongType, false)
          .add("ignored", LongType, false)
          .add("lost", LongType, false)
          .add("in_kernel", LongType, false)
          .add("first_ns", LongType)
          .add("last_ns", LongType);

  /** The same with the names of its folders, for writing many traces at once. */
  static final StructType WITH_FOLDERS =
      TRACES.add("workload", StringType, false).add("trace", StringType, false);

  /** One row for every record that could not be taken. */
  static final StructType REJECTS =
      new StructType()
          .add("source", StringType, false)
          .add("position", LongType, false)
          .add("unit", StringType, false)
          .add("reason", StringType, false)
          .add("detail", StringType, false)
          .add("remedy", StringType, false)
          .add("excerpt", StringType, false);

  private TraceColumns() {}

  static Row trace(TraceInput input, Read read) {
    return RowFactory.create(values(input.file(), input.format().id(), read).toArray());
  }

  /** A row of {@link #WITH_FOLDERS}. */
  static Row generated(GeneratedTrace trace, Read read) {
    List<Object> values = values(trace.source(), GeneratedFrames.FORMAT, read);
    values.addAll(List.of(trace.workload(), trace.traceId()));
    return RowFactory.create(values.toArray());
  }

  private static List<Object> values(String source, String format, Read read) {
    TraceHeader header = read.header();
    Counts counts = read.counts();
    Object[] values = {
      source,
      format,
      orNull(header.kernelRelease()),
      orNull(header.perfVersion()),
      orNull(header.hostname()),
      orNull(header.arch()),
      orNull(header.commandLine()),
      counts.seen(),
      counts.accepted(),
      counts.rejected(),
      counts.ignored(),
      counts.lost(),
      read.inKernel(),
      read.span().isEmpty() ? null : read.span().first(),
      read.span().isEmpty() ? null : read.span().last()
    };
    return new ArrayList<>(Arrays.asList(values));
  }

  static Row reject(Reject reject) {
    return RowFactory.create(
        reject.place().source(),
        reject.place().position(),
        reject.place().unit().name().toLowerCase(Locale.ROOT),
        reject.reason().name(),
        reject.detail(),
        reject.reason().remedy(),
        reject.excerpt());
  }

  /** The reject in a row that has the columns of {@link #REJECTS}. */
  static Reject toReject(Row row) {
    Place.Unit unit = Place.Unit.valueOf(row.<String>getAs("unit").toUpperCase(Locale.ROOT));
    return new Reject(
        new Place(row.getAs("source"), unit, row.<Long>getAs("position")),
        RejectReason.valueOf(row.getAs("reason")),
        row.getAs("detail"),
        row.getAs("excerpt"));
  }

  /** What became of the trace's records when it is read so. */
  static Counts counts(Row row, Reading reading) {
    long inKernel =
        switch (reading) {
          case ASSEMBLED -> 0;
          case AS_RECORDED -> row.<Long>getAs("in_kernel");
        };
    return new Counts(
        row.getAs("seen"),
        row.<Long>getAs("accepted") + inKernel,
        row.getAs("rejected"),
        row.<Long>getAs("ignored") - inKernel,
        row.getAs("lost"));
  }

  /** From the trace's first frame to its last. */
  static TimeSpan span(Row row) {
    return row.getAs("first_ns") == null
        ? TimeSpan.NONE
        : new TimeSpan(row.getAs("first_ns"), row.getAs("last_ns"));
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
