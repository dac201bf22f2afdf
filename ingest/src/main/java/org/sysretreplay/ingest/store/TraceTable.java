package org.sysretreplay.ingest.store;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.Processors;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/** The columns of {@code traces}, and how {@link TraceRow}s become rows of them. */
final class TraceTable {

  private static final String PROCESSOR = "processor";
  private static final String PROCESSOR_ID = "processor_id";
  private static final String PROCESSORS = "processors";
  private static final String LA57 = "la57";
  private static final String FRED = "fred";
  private static final String HYPERVISOR = "hypervisor";
  private static final String MACHINE_RELEASE = "machine_kernel_release";
  private static final String KERNEL_PARAMETERS = "kernel_parameters";

  private static final MessageType SCHEMA = schema();

  private TraceTable() {}

  private static MessageType schema() {
    Types.MessageTypeBuilder columns = Types.buildMessage();
    for (String text : new String[] {"workload", "trace", "source", "format"}) {
      columns.required(BINARY).as(stringType()).named(text);
    }
    for (String text :
        new String[] {"kernel_release", "perf_version", "hostname", "arch", "command_line"}) {
      columns.optional(BINARY).as(stringType()).named(text);
    }
    columns.optional(BINARY).as(stringType()).named(PROCESSOR);
    columns.optional(BINARY).as(stringType()).named(PROCESSOR_ID);
    columns.optional(INT64).named(PROCESSORS);
    for (String fact : new String[] {LA57, FRED}) {
      columns.optional(BOOLEAN).named(fact);
    }
    for (String text : new String[] {HYPERVISOR, MACHINE_RELEASE, KERNEL_PARAMETERS}) {
      columns.optional(BINARY).as(stringType()).named(text);
    }
    for (String number :
        new String[] {"seen", "accepted", "rejected", "ignored", "lost", "exits", "in_kernel"}) {
      columns.required(INT64).named(number);
    }
    columns.optional(INT64).named("first_ns");
    columns.optional(INT64).named("last_ns");
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

  /**
   * Writes a file of those rows.
   *
   * @param unit the name that they are published under
   */
  static void write(OutputFile target, String unit, List<TraceRow> rows) throws IOException {
    try (SmallTable.Writer writer = new SmallTable.Writer(target, SCHEMA)) {
      for (TraceRow row : rows) {
        Group group = group(row).append("unit", unit).append("unit_traces", (long) rows.size());
        group.append(RowChecksum.COLUMN, RowChecksum.of(group));
        writer.add(group);
      }
    }
  }

  private static Group group(TraceRow row) {
    TraceHeader header = row.header();
    Counts counts = row.counts();
    Group group =
        new SimpleGroup(SCHEMA)
            .append("workload", row.workload())
            .append("trace", row.traceId())
            .append("source", row.source())
            .append("format", row.format());
    appendKnown(group, "kernel_release", header.kernelRelease());
    appendKnown(group, "perf_version", header.perfVersion());
    appendKnown(group, "hostname", header.hostname());
    appendKnown(group, "arch", header.arch());
    appendKnown(group, "command_line", header.commandLine());
    append(header.processors(), group);
    append(row.machine(), group);
    group
        .append("seen", counts.seen())
        .append("accepted", counts.accepted())
        .append("rejected", counts.rejected())
        .append("ignored", counts.ignored())
        .append("lost", counts.lost())
        .append("exits", counts.exits())
        .append("in_kernel", row.inKernel());
    if (!row.span().isEmpty()) {
      group.append("first_ns", row.span().first()).append("last_ns", row.span().last());
    }
    Group parts = group.addGroup("parts");
    row.parts().forEach(it -> append(it, parts.addGroup("list").addGroup("element")));
    return group;
  }

  private static void append(Processors processors, Group to) {
    appendKnown(to, PROCESSOR, processors.description());
    appendKnown(to, PROCESSOR_ID, processors.id());
    if (processors.online() > 0) {
      to.append(PROCESSORS, processors.online());
    }
  }

  private static void append(MachineFacts machine, Group to) {
    appendKnown(to, LA57, machine.la57());
    appendKnown(to, FRED, machine.fred());
    appendKnown(to, HYPERVISOR, machine.hypervisor());
    appendKnown(to, MACHINE_RELEASE, machine.kernelRelease());
    appendKnown(to, KERNEL_PARAMETERS, machine.kernelParameters());
  }

  private static void append(PartFile part, Group to) {
    to.append("table", part.table().folder())
        .append("file", part.name())
        .append("bytes", part.sizeBytes())
        .append("rows", part.rows())
        .append("sha256", part.sha256())
        .append("footer_sha256", part.footerSha256());
  }

  private static void appendKnown(Group group, String column, String text) {
    if (!text.isEmpty()) {
      group.append(column, text);
    }
  }

  private static void appendKnown(Group group, String column, Fact fact) {
    if (fact != Fact.NOT_KNOWN) {
      group.append(column, fact.isYes());
    }
  }

  /**
   * The rows of a file.
   *
   * @param isUnit whether rows that were published under a name belong into the file
   * @throws IOException where rows are missing, were changed, or belong into another file
   * @throws RuntimeException where it holds something else
   */
  static List<TraceRow> read(ParquetFileReader file, Predicate<String> isUnit) throws IOException {
    List<Group> groups = new ArrayList<>();
    SmallTable.read(file, groups::add);
    for (Group group : groups) {
      if (!group.getString(RowChecksum.COLUMN, 0).equals(RowChecksum.of(group))) {
        throw new IOException("a row does not have its checksum");
      }
      if (!isUnit.test(group.getString("unit", 0))) {
        throw new IOException("its rows belong to " + group.getString("unit", 0));
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
            processors(group)),
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
        known(group, PROCESSOR),
        known(group, PROCESSOR_ID),
        isNull(group, PROCESSORS) ? 0 : group.getLong(PROCESSORS, 0));
  }

  private static MachineFacts machine(Group group) {
    return new MachineFacts(
        fact(group, LA57),
        fact(group, FRED),
        known(group, HYPERVISOR),
        known(group, MACHINE_RELEASE),
        known(group, KERNEL_PARAMETERS));
  }

  private static String known(Group group, String column) {
    return isNull(group, column) ? "" : group.getString(column, 0);
  }

  private static Fact fact(Group group, String column) {
    return isNull(group, column) ? Fact.NOT_KNOWN : Fact.of(group.getBoolean(column, 0));
  }

  /** Stores of earlier versions do not have every column. */
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
