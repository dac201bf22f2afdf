package org.sysretreplay.ingest.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

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

  /** The row of {@link #TRACES}, by the names of its columns. */
  static Map<String, Object> trace(String source, String format, Read read) {
    TraceHeader header = read.header();
    Counts counts = read.counts();
    Map<String, Object> row = new HashMap<>();
    row.put("source", source);
    row.put("format", format);
    row.put("seen", counts.seen());
    row.put("accepted", counts.accepted());
    row.put("rejected", counts.rejected());
    row.put("ignored", counts.ignored());
    row.put("lost", counts.lost());
    row.put("in_kernel", read.inKernel());
    putKnown(row, "kernel_release", header.kernelRelease());
    putKnown(row, "perf_version", header.perfVersion());
    putKnown(row, "hostname", header.hostname());
    putKnown(row, "arch", header.arch());
    putKnown(row, "command_line", header.commandLine());
    if (!read.span().isEmpty()) {
      row.put("first_ns", read.span().first());
      row.put("last_ns", read.span().last());
    }
    return row;
  }

  private static void putKnown(Map<String, Object> row, String column, String text) {
    if (!text.isEmpty()) {
      row.put(column, text);
    }
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
}
