package org.sysretreplay.analytics.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.ingest.Reading;
import org.sysretreplay.ingest.store.FrameCount;
import org.sysretreplay.ingest.store.FrameCounter;
import org.sysretreplay.ingest.store.FrameOrigin;
import org.sysretreplay.ingest.store.FramePart;

/**
 * Shows the frames of parts of Parquet files, counted by class and by the values of some columns;
 * frames of a class are represented by the same registers all the time.
 */
final class CountedParts {

  private final List<GroupColumn> by;
  private final FrameCounter counter;
  private final Map<FrameClass, PtRegs> registers = new HashMap<>();

  CountedParts(
      Configuration options, FrameOrigin origin, Reading reading, List<GroupColumn> asked) {
    by = asked.stream().filter(it -> !CountedFrames.isOfClass(it)).distinct().toList();
    counter =
        new FrameCounter(
            options,
            origin,
            reading,
            by.stream().map(it -> new FrameCounter.Key(it.storeColumn(), it::ofStored)).toList());
  }

  /**
   * Shows all frames of a part.
   *
   * @throws org.sysretreplay.ingest.TraceException where it cannot be read
   */
  void forEach(FramePart part, ObjLongConsumer<FrameView> to) {
    counter.count(part, it -> to.accept(view(it), it.count()));
  }

  private FrameView view(FrameCount counted) {
    PtRegs any = registers.computeIfAbsent(counted.frames(), FrameClass::registers);
    return new CountedFrames(counted.frames(), any, by, counted.values());
  }
}
