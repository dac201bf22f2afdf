package org.sysretreplay.analytics.verdict;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.emulator.ExitFrame;

/** A frame with its verdict. */
record FrameVerdict(VerdictRow verdict, ExitFrame frame) {

  /** The columns of the verdict, then more columns of the frame. */
  static List<Column<FrameVerdict>> columns(List<? extends ExtraColumns> more) {
    List<Column<FrameVerdict>> columns = new ArrayList<>();
    VerdictRow.COLUMNS.forEach(it -> columns.add(it.in(FrameVerdict::verdict)));
    more.stream()
        .flatMap(it -> it.columns().stream())
        .forEach(it -> columns.add(it.in(FrameVerdict::frame)));
    return List.copyOf(columns);
  }
}
