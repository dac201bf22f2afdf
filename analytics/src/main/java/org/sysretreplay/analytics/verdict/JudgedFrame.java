package org.sysretreplay.analytics.verdict;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.emulator.ExitFrame;

/** A frame with its verdict. */
record JudgedFrame(VerdictRow verdict, ExitFrame frame) {

  /** The columns of the verdict, then more columns of the frame. */
  static List<Column<JudgedFrame>> columns(List<? extends MoreColumns> more) {
    List<Column<JudgedFrame>> columns = new ArrayList<>();
    VerdictRow.COLUMNS.forEach(it -> columns.add(it.in(JudgedFrame::verdict)));
    more.stream()
        .flatMap(it -> it.columns().stream())
        .forEach(it -> columns.add(it.in(JudgedFrame::frame)));
    return List.copyOf(columns);
  }
}
