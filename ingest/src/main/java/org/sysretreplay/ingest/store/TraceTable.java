package org.sysretreplay.ingest.store;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.sysretreplay.ingest.columnar.MemoryFile;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Processors;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.WallClock;

/** Converts {@link TraceRow}s to rows of {@code traces} and back. */
final class TraceTable {

  private static final MessageType SCHEMA = schema();

  private TraceTable() {}

  private static MessageType schema() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    for (TraceColumn column : TraceColumn.values()) {
      columns.addField(type(column));
    }
    return columns
        .requiredList()
        .requiredGroupElement()
        .required(BINARY)
        .as(stringType())
        .named("table")
        .required(BINARY)
        .as(stringType())
        .named("file")
        .required(INT64)
        .named("bytes")
        .required(INT64)
        .named("rows")
        .required(BINARY)
        .as(stringType())
        .named("sha256")
        .required(BINARY)
        .as(stringType())
        .named("footer_sha256")
        .named("parts")
        .required(BINARY)
        .as(stringType())
        .named("unit")
        .required(INT64)
        .named("unit_traces")
        .required(BINARY)
        .as(stringType())
        .named(RowChecksum.COLUMN)
        .named("trace");
  }

  private static Type type(TraceColumn column) {
    Type.Repetition repetition =
        column.isAlwaysThere() ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
    return switch (column.kind()) {
      case TEXT -> Types.primitive(BINARY, repetition).as(stringType()).named(column.key());
      case NUMBER -> Types.primitive(INT64, repetition).named(column.key());
      case FLAG -> Types.primitive(BOOLEAN, repetition).named(column.key());
    };
  }

  /**
   * Writes a file of those rows.
   *
   * @param unit the name under which they are published
   */
  static void write(OutputFile target, String unit, List<TraceRow> rows) throws IOException {
    MemoryFile.Output file = new MemoryFile.Output();
    try (SmallTable.Writer writer = new SmallTable.Writer(file, SCHEMA, Seal.metadata())) {
      for (TraceRow row : rows) {
        Group group = group(row).append("unit", unit).append("unit_traces", (long) rows.size());
        group.append(RowChecksum.COLUMN, RowChecksum.of(group));
        writer.add(group);
      }
    }
    Seal.write(file.bytes(), target);
  }

  private static Group group(TraceRow row) {
    Group group = new SimpleGroup(SCHEMA);
    for (TraceColumn column : TraceColumn.values()) {
      Object value = column.of(row, Reading.ASSEMBLED);
      if (value != null) {
        switch (column.kind()) {
          case TEXT -> group.add(column.key(), (String) value);
          case NUMBER -> group.add(column.key(), (long) value);
          case FLAG -> group.add(column.key(), (boolean) value);
        }
      }
    }
    Group parts = group.addGroup("parts");
    row.parts().forEach(it -> append(it, parts.addGroup("list").addGroup("element")));
    return group;
  }

  private static void append(PartFile part, Group to) {
    to.append("table", part.table().folder())
        .append("file", part.name())
        .append("bytes", part.sizeBytes())
        .append("rows", part.rows())
        .append("sha256", part.sha256())
        .append("footer_sha256", part.footerSha256());
  }

  /**
   * Reads the rows of a file.
   *
   * @param isUnit whether rows of that unit belong into this file
   * @throws IOException if rows are missing, were changed, or belong into another file
   * @throws RuntimeException if it holds something else
   */
  static List<TraceRow> read(ParquetFileReader file, Predicate<String> isUnit) throws IOException {
    List<Group> groups = new ArrayList<>();
    SmallTable.read(file, groups::add);
    for (Group group : groups) {
      if (!group.getString(RowChecksum.COLUMN, 0).equals(RowChecksum.of(group))) {
        throw new IOException("a row does not have its checksum");
      }
      if (!isUnit.test(group.getString("unit", 0))) {
        throw new MisplacedRowsException(group.getString("unit", 0));
      }
      if (group.getLong("unit_traces", 0) != groups.size()) {
        throw new IOException(
            "it has %d rows of %d".formatted(groups.size(), group.getLong("unit_traces", 0)));
      }
    }
    if (groups.isEmpty()) {
      throw new IOException("it has no rows");
    }
    return groups.stream().map(TraceTable::row).toList();
  }

  private static TraceRow row(Group group) {
    return new TraceRow(
        group.getString("workload", 0),
        group.getString("trace", 0),
        group.getString("source", 0),
        group.getString("format", 0),
        new TraceHeader(
            known(group, "kernel_release"),
            known(group, "perf_version"),
            known(group, "hostname"),
            known(group, "arch"),
            known(group, "command_line"),
            processors(group),
            clock(group),
            Sampling.of(optional(group, TraceColumn.SAMPLED_EVERY))),
        machine(group),
        new Counts(
            group.getLong("seen", 0),
            group.getLong("accepted", 0),
            group.getLong("rejected", 0),
            group.getLong("ignored", 0),
            group.getLong("lost", 0),
            group.getLong("exits", 0)),
        group.getLong("in_kernel", 0),
        group.getFieldRepetitionCount("first_ns") == 0
            ? TimeSpan.NONE
            : new TimeSpan(group.getLong("first_ns", 0), group.getLong("last_ns", 0)),
        parts(group.getGroup("parts", 0)));
  }

  private static Processors processors(Group group) {
    return new Processors(
        known(group, TraceColumn.PROCESSOR.key()),
        known(group, TraceColumn.PROCESSOR_ID.key()),
        isNull(group, TraceColumn.PROCESSORS.key())
            ? 0
            : group.getLong(TraceColumn.PROCESSORS.key(), 0));
  }

  private static WallClock clock(Group group) {
    return WallClock.of(optional(group, TraceColumn.CLOCK_OFFSET_NS));
  }

  private static OptionalLong optional(Group group, TraceColumn column) {
    return isNull(group, column.key())
        ? OptionalLong.empty()
        : OptionalLong.of(group.getLong(column.key(), 0));
  }

  private static MachineFacts machine(Group group) {
    return new MachineFacts(
        fact(group, TraceColumn.LA57.key()),
        fact(group, TraceColumn.FRED.key()),
        known(group, TraceColumn.HYPERVISOR.key()),
        known(group, TraceColumn.MACHINE_KERNEL_RELEASE.key()),
        known(group, TraceColumn.KERNEL_PARAMETERS.key()));
  }

  private static String known(Group group, String column) {
    return isNull(group, column) ? "" : group.getString(column, 0);
  }

  private static Fact fact(Group group, String column) {
    return isNull(group, column) ? Fact.NOT_KNOWN : Fact.of(group.getBoolean(column, 0));
  }

  /** Whether a row has no value; stores of earlier versions lack some columns. */
  private static boolean isNull(Group group, String column) {
    return !group.getType().containsField(column) || group.getFieldRepetitionCount(column) == 0;
  }

  private static List<PartFile> parts(Group list) {
    List<PartFile> parts = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount("list"); i++) {
      Group part = list.getGroup("list", i).getGroup("element", 0);
      parts.add(
          new PartFile(
              StoreTable.ofFolder(part.getString("table", 0)).orElseThrow(),
              part.getString("file", 0),
              part.getLong("bytes", 0),
              part.getLong("rows", 0),
              part.getString("sha256", 0),
              part.getString("footer_sha256", 0)));
    }
    return parts;
  }
}
