package org.sysretreplay.analytics.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.analytics.verdict.Column;
import org.sysretreplay.analytics.verdict.Column.Type;
import org.sysretreplay.analytics.verdict.VerdictColumns;
import org.sysretreplay.emulator.Doubt;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * The columns of listed frames in their order; the keys are a contract. Those of the frame itself
 * are called as in a store and in JSON lines.
 */
public final class ListColumns {

  /** All columns. */
  public static final List<Column<ListedFrame>> ALL = all();

  private ListColumns() {}

  private static List<Column<ListedFrame>> all() {
    List<Column<ListedFrame>> columns = new ArrayList<>();
    columns.add(
        new Column<>(
            "frame", Type.TEXT, false, "What explain takes: TRACE:SEQ.", ListedFrame::name));
    columns.add(
        new Column<>("workload", Type.TEXT, false, "The workload.", it -> it.trace().workload()));
    columns.add(
        new Column<>(
            "trace", Type.TEXT, false, "The id of its trace.", it -> it.trace().traceId()));
    ofFrame().forEach(columns::add);
    columns.add(
        new Column<>(
            "model",
            Type.TEXT,
            false,
            "The id of the model that judged.",
            it -> it.judge().model().id()));
    columns.addAll(VerdictColumns.of(ListedFrame::verdict));
    columns.add(
        new Column<>(
            "doubt",
            Type.TEXT,
            true,
            "What the trace does not tell of the way back; null where it tells all.",
            it -> it.verdict().doubt().map(Doubt::name).orElse(null)));
    return List.copyOf(columns);
  }

  /** What a store has of a frame, without what its event alone showed. */
  private static Stream<Column<ListedFrame>> ofFrame() {
    return Stream.of(FrameColumn.values())
        .filter(it -> it.presence() != FrameColumn.Presence.RARE && it != FrameColumn.FRAME_CLASS)
        .flatMap(
            it ->
                it == FrameColumn.NR
                    ? Stream.of(column(it), syscallName())
                    : Stream.of(column(it)));
  }

  private static Column<ListedFrame> column(FrameColumn column) {
    return new Column<>(
        column.key(),
        type(column),
        column.presence() != FrameColumn.Presence.ALWAYS,
        column.sentence(),
        it -> cell(column, it.frame()));
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

  private static Column<ListedFrame> syscallName() {
    return new Column<>(
        "syscall_name",
        Type.TEXT,
        true,
        "The name that 64-bit code has for the number in nr; null where it has none, and of 32-bit"
            + " code.",
        it -> syscallName(it.frame()));
  }

  /** The name of the frame's syscall; null where it has none, and of 32-bit code. */
  static String syscallName(ExitFrame frame) {
    return frame.syscall().isEmpty() || frame.entry() == EntryKind.COMPAT
        ? null
        : SyscallNames.of(frame.syscall().getAsLong()).orElse(null);
  }
}
