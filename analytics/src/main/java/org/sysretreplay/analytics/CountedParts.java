package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.analytics.count.ClassColumns;
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

  private final Reading reading;
  private final List<GroupColumn> by;
  private final FrameCounter counter;

  CountedParts(ParquetFiles files, FrameOrigin origin, Reading reading, List<GroupColumn> asked) {
    this.reading = reading;
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
  void forEach(FramePart part, Visitor to) {
    counter.count(
        part,
        it -> {
          if (it.exits() > it.rows()) {
            GroupColumn.checkCounted(by, part.file());
          }
          to.see(view(it), it.rows(), it.exits());
        });
  }

  /** Is shown frames. */
  interface Visitor {

    /**
     * Sees frames that are alike.
     *
     * @param frame any of them
     * @param rows how many rows there are of them
     * @param exits how many exits these stand for
     */
    void see(FrameView frame, long rows, long exits);
  }

  private FrameView view(FrameCount counted) {
    FrameClass frames = counted.frames();
    return new CountedFrames(frames, frames.registers(), by, values(counted));
  }

  private List<Object> values(FrameCount counted) {
    List<Object> values = new ArrayList<>(by.size());
    for (int i = 0; i < by.size(); i++) {
      Object stored = counted.values().get(i);
      values.add(ClassColumns.counted(by.get(i).storeColumn(), stored, counted.frames(), reading));
    }
    return values;
  }
}
