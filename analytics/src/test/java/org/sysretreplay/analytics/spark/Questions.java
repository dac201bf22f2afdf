package org.sysretreplay.analytics.spark;

import java.util.Arrays;
import java.util.List;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/** Questions that between them ask for all that a scan can be asked for. */
final class Questions {

  private Questions() {}

  static Question byEverything(List<String> models) {
    return new Question(
        models, Machine.TRACED, Reading.ASSEMBLED, Arrays.asList(GroupColumn.values()));
  }

  static Question asRecorded(List<String> models) {
    return new Question(
        models, Machine.UNTRACED, Reading.AS_RECORDED, Arrays.asList(GroupColumn.values()));
  }

  static Question byNothing(List<String> models) {
    return new Question(models, Machine.UNTRACED, Reading.ASSEMBLED, List.of());
  }
}
