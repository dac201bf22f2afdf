package org.sysretreplay.ingest.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Circumstances;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Reading;

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
      new StructType()
          .add("seq", LongType, false)
          .add("ts_ns", LongType)
          .add("cpu", LongType)
          .add("pid", LongType)
          .add("tid", LongType)
          .add("comm", StringType)
          .add("entry", StringType, false)
          .add("event", StringType)
          .add("nr", LongType)
          .add("ret", LongType)
          .add("rip", LongType, false)
          .add("rcx", LongType, false)
          .add("r11", LongType, false)
          .add("rflags", LongType, false)
          .add("cs", LongType, false)
          .add("ss", LongType, false)
          .add("rsp", LongType)
          .add("rax", LongType)
          .add("path", StringType, false)
          .add("stage", StringType, false)
          .add("cause", StringType)
          .add("recorded_entry", StringType)
          .add("recorded_path", StringType)
          .add("recorded_rip", LongType)
          .add("recorded_rcx", LongType)
          .add("recorded_r11", LongType)
          .add("recorded_rflags", LongType)
          .add("recorded_cs", LongType)
          .add("recorded_ss", LongType)
          .add("recorded_rsp", LongType)
          .add("recorded_rax", LongType);

  private FrameColumns() {}

  /** The frame as a row of {@link #SCHEMA}. */
  static Row row(ExitFrame frame) {
    Registers registers = frame.registers();
    return RowFactory.create(
        frame.seq(),
        orNull(frame.timeNanos()),
        orNull(frame.cpu()),
        orNull(frame.task().pid()),
        orNull(frame.task().tid()),
        frame.task().comm().orElse(null),
        frame.entry().key(),
        frame.event().orElse(null),
        orNull(frame.syscall()),
        orNull(frame.result()),
        registers.rip(),
        registers.rcx(),
        registers.r11(),
        registers.rflags(),
        registers.cs(),
        registers.ss(),
        orNull(frame.rsp()),
        orNull(frame.rax()),
        frame.path().key(),
        frame.assembly().stage().key(),
        frame.cause().map(Cause::key).orElse(null),
        recorded(frame, it -> it.entry().key()),
        recorded(frame, it -> it.path().key()),
        recorded(frame, it -> it.registers().rip()),
        recorded(frame, it -> it.registers().rcx()),
        recorded(frame, it -> it.registers().r11()),
        recorded(frame, it -> it.registers().rflags()),
        recorded(frame, it -> it.registers().cs()),
        recorded(frame, it -> it.registers().ss()),
        recorded(frame, it -> orNull(it.rsp())),
        recorded(frame, it -> orNull(it.rax())));
  }

  /** What the event alone shows; only of frames that its neighbours changed. */
  private static <T> T recorded(ExitFrame frame, Function<Recorded, T> value) {
    return frame.assembly().recorded().map(value).orElse(null);
  }

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

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
