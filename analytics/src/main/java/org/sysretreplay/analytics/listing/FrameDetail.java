package org.sysretreplay.analytics.listing;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.analytics.verdict.Column;
import org.sysretreplay.analytics.verdict.Column.Type;
import org.sysretreplay.analytics.verdict.ExtraColumns;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * Details of a frame that can be written beside its verdict; the columns are those of {@link
 * ListColumns}.
 */
public enum FrameDetail implements ExtraColumns {
  /** The cause that keeps the frame from SYSRET. */
  CAUSE(FrameColumn.CAUSE),
  /** The thread's name. */
  COMM(FrameColumn.COMM),
  /** The number of the system call, and its name. */
  SYSCALL(FrameColumn.NR),
  /** The registers that models test, and RSP. */
  REGISTERS(
      FrameColumn.RIP,
      FrameColumn.RCX,
      FrameColumn.R11,
      FrameColumn.RFLAGS,
      FrameColumn.CS,
      FrameColumn.SS,
      FrameColumn.RSP);

  private final List<FrameColumn> stored;

  FrameDetail(FrameColumn... stored) {
    this.stored = List.of(stored);
  }

  @Override
  public List<Column<ExitFrame>> columns() {
    Stream<Column<ExitFrame>> columns = stored.stream().map(FrameDetail::of);
    return (this == SYSCALL ? Stream.concat(columns, Stream.of(syscallName())) : columns).toList();
  }

  /** The column of frames for a column of the store. */
  static Column<ExitFrame> of(FrameColumn column) {
    return new Column<>(
        column.key(),
        type(column),
        column.presence() != FrameColumn.Presence.ALWAYS,
        column.sentence(),
        it -> cell(column, it));
  }

  private static Type type(FrameColumn column) {
    return switch (column.unit()) {
      case REGISTER -> Type.REGISTER;
      case NANOSECONDS, EXITS, NUMBER -> Type.NUMBER;
      case TEXT -> Type.TEXT;
    };
  }

  private static Object cell(FrameColumn column, ExitFrame frame) {
    return switch (column.kind()) {
      case NUMBER -> {
        OptionalLong number = FrameCodec.row(frame).number(column);
        yield number.isPresent() ? number.getAsLong() : null;
      }
      case TEXT -> FrameCodec.row(frame).text(column).orElse(null);
    };
  }

  /** The column of the system call's name, which no store has. */
  static Column<ExitFrame> syscallName() {
    return new Column<>(
        "syscall_name",
        Type.TEXT,
        true,
        "The name that 64-bit code has for the number in nr; null where it has none, and of 32-bit"
            + " code.",
        FrameDetail::syscallName);
  }

  /** The name of the frame's syscall; null if it has none, and for 32-bit code. */
  static String syscallName(ExitFrame frame) {
    return frame.syscall().isEmpty() || frame.entry() == EntryKind.COMPAT
        ? null
        : SyscallNames.of(frame.syscall().getAsLong()).orElse(null);
  }
}
