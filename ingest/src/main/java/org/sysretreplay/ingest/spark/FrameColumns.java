package org.sysretreplay.ingest.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Circumstances;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The columns of {@code frames}, named as the JSON lines fields are. Registers are 64-bit patterns
 * in signed columns, so an address of the upper half reads as a negative number; what the recording
 * does not have is null.
 */
public final class FrameColumns {

  /**
   * The columns of a part file; {@code workload} and {@code trace} are the names of its folders.
   */
  public static final StructType SCHEMA =
      new StructType(
          Stream.of(FrameColumn.values()).map(FrameColumns::field).toArray(StructField[]::new));

  private static StructField field(FrameColumn column) {
    return new StructField(
        column.key(),
        switch (column.kind()) {
          case NUMBER -> LongType;
          case TEXT -> StringType;
        },
        column.presence() != FrameColumn.Presence.ALWAYS,
        Metadata.empty());
  }

  private FrameColumns() {}

  /** The columns that {@link #exit} reads. */
  public static Column[] exitColumns() {
    Stream<String> registers = Stream.of(Register.values()).map(Register::key);
    Stream<String> recorded =
        Stream.concat(
            Stream.of("recorded_entry", "recorded_path"),
            Stream.of(Register.values()).map(it -> "recorded_" + it.key()));
    Stream<String> own = Stream.of("trace", "seq", "entry", "path", "stage", "cause");
    return Stream.of(own, registers, recorded)
        .flatMap(Function.identity())
        .map(functions::col)
        .toArray(Column[]::new);
  }

  /** The return in a row that has these columns; none where the row is of an interrupted kernel. */
  public static Optional<Exit> exit(Row row, Reading reading) {
    return switch (reading) {
      case ASSEMBLED ->
          Optional.of(row.<String>getAs("stage"))
              .filter(it -> !it.equals(Stage.IN_KERNEL.key()))
              .map(it -> assembled(row));
      case AS_RECORDED -> Optional.of(asRecorded(row));
    };
  }

  private static Exit assembled(Row row) {
    Optional<Cause> cause = Optional.ofNullable(row.<String>getAs("cause")).flatMap(Cause::ofKey);
    return Exit.of(path(row, ""), cause, registers(row, ""));
  }

  private static Exit asRecorded(Row row) {
    String prefix = row.getAs("recorded_path") == null ? "" : "recorded_";
    EntryKind entry = EntryKind.ofKey(row.getAs(prefix + "entry")).orElseThrow();
    EntryPath path = path(row, prefix);
    Registers registers = registers(row, prefix);
    return Exit.of(path, Cause.of(Circumstances.alone(entry, path, registers)), registers);
  }

  private static EntryPath path(Row row, String prefix) {
    return EntryPath.ofKey(row.getAs(prefix + "path")).orElseThrow();
  }

  private static Registers registers(Row row, String prefix) {
    return new Registers(
        row.<Long>getAs(prefix + "rip"),
        row.<Long>getAs(prefix + "rcx"),
        row.<Long>getAs(prefix + "r11"),
        row.<Long>getAs(prefix + "rflags"),
        row.<Long>getAs(prefix + "cs"),
        row.<Long>getAs(prefix + "ss"));
  }
}
