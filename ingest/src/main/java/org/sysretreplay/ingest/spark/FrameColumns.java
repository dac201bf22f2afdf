package org.sysretreplay.ingest.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;

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
          .add("rax", LongType);

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
        orNull(frame.rax()));
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
