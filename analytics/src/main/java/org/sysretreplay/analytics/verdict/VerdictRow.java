package org.sysretreplay.analytics.verdict;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.analytics.verdict.Column.Type;
import org.sysretreplay.emulator.Verdict;

/** The verdict on one frame, with the frame's trace and number. */
record VerdictRow(String traceId, long seq, Verdict verdict) {

  static final List<Column<VerdictRow>> COLUMNS = columns();

  private static List<Column<VerdictRow>> columns() {
    List<Column<VerdictRow>> columns = new ArrayList<>();
    columns.add(
        new Column<>("trace", Type.TEXT, false, "The id of its trace.", VerdictRow::traceId));
    columns.add(
        new Column<>(
            "seq", Type.NUMBER, false, "The frame's number in its trace.", VerdictRow::seq));
    columns.addAll(VerdictColumns.of(VerdictRow::verdict));
    return List.copyOf(columns);
  }
}
