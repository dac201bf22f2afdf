package org.sysretreplay.analytics.verdict;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.emulator.ExitFrame;

/**
 * Columns of the frame itself that are written behind its verdict. Serializable, because workers
 * write them.
 */
public interface ExtraColumns extends Serializable {

  /** The columns, in their order. */
  List<Column<ExitFrame>> columns();
}
