package org.sysretreplay.analytics;

import java.util.List;
import java.util.function.ObjLongConsumer;
import org.sysretreplay.analytics.count.FrameCount;
import org.sysretreplay.analytics.count.FrameCounter;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Shows the frames of parts of Parquet files, counted by class and by the values of some columns;
 * frames of a class are represented by the same registers all the time.
 */
final class CountedParts {

  private final List<GroupColumn> by;
  private final FrameCounter counter;

  CountedParts(ParquetFiles files, FrameOrigin origin, Reading reading, List<GroupColumn> asked) {
    by = asked.stream().filter(it -> !CountedFrames.isOfClass(it)).distinct().toList();
    counter =
        new FrameCounter(
            files,
            origin,
            reading,
            by.stream().map(it -> new FrameCounter.Key(it.storeColumn(), it::ofStored)).toList());
  }

  /**
   * Shows all frames of a part.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  void forEach(FramePart part, ObjLongConsumer<FrameView> to) {
    counter.count(part, it -> to.accept(view(it), it.count()));
  }

  private FrameView view(FrameCount counted) {
    FrameClass frames = counted.frames();
    return new CountedFrames(frames, frames.registers(), by, counted.values());
  }
}
