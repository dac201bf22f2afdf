package org.sysretreplay.analytics.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.verdict.Column;
import org.sysretreplay.analytics.verdict.Column.Type;
import org.sysretreplay.analytics.verdict.VerdictColumns;
import org.sysretreplay.emulator.Doubt;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * The columns of listed frames, in their order; the keys are a contract. Columns of the frame
 * itself have the same keys as in a store and in JSON lines.
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

  /** The columns that a store has for a frame, without those for what the event alone showed. */
  private static Stream<Column<ListedFrame>> ofFrame() {
    return Stream.of(FrameColumn.values())
        .filter(it -> it.presence() != FrameColumn.Presence.RARE && it != FrameColumn.FRAME_CLASS)
        .flatMap(
            it ->
                it == FrameColumn.NR
                    ? Stream.of(FrameDetail.of(it), FrameDetail.syscallName())
                    : Stream.of(FrameDetail.of(it)))
        .map(it -> it.in(ListedFrame::frame));
  }
}
