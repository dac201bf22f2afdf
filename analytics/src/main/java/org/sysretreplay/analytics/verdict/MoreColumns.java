package org.sysretreplay.analytics.verdict;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.emulator.ExitFrame;

/** Columns that stand behind a verdict and tell of the frame itself. Workers take them along. */
public interface MoreColumns extends Serializable {

  /** The columns, in their order. */
  List<Column<ExitFrame>> columns();
}
