package org.sysretreplay.analytics;

import java.util.List;

/** The failure of a question with more groups than fit into memory. */
public final class TooManyGroups {

  private TooManyGroups() {}

  /** Fills a table of two groups with a third. */
  public static TallyTable fill() {
    TallyTable table = new TallyTable(2);
    for (long tid = 1; tid <= 3; tid++) {
      table.of(new Group("w", "seed", List.of(tid)));
    }
    return table;
  }
}
