package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.sysretreplay.analytics.count.ClassColumns;
import org.sysretreplay.analytics.count.FrameCount;
import org.sysretreplay.analytics.count.FrameCounter;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameColumn;
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
  private final boolean byAddress;
  private final FrameCounter counter;

  /** All frames, told apart by their classes only. */
  CountedParts(ParquetFiles files, FrameOrigin origin, Reading reading) {
    this(files, origin, reading, List.of(), false);
  }

  /** Frames told apart as a question asks. */
  CountedParts(ParquetFiles files, FrameOrigin origin, Fold<?> question) {
    this(files, origin, question.reading(), question.by(), question.byAddress());
  }

  private CountedParts(
      ParquetFiles files,
      FrameOrigin origin,
      Reading reading,
      List<GroupColumn> asked,
      boolean byAddress) {
    this.reading = reading;
    this.byAddress = byAddress;
    by = asked.stream().filter(it -> !CountedFrames.isOfClass(it)).distinct().toList();
    counter = new FrameCounter(files, origin, reading, keys());
  }

  /** What an event carried stands beside what became of it, in the few rows where it differs. */
  private List<FrameCounter.Key> keys() {
    List<FrameCounter.Key> keys = new ArrayList<>();
    by.forEach(it -> keys.add(new FrameCounter.Key(it.storeColumn(), it::ofStored)));
    if (byAddress) {
      keys.add(new FrameCounter.Key(FrameColumn.RIP, LongUnaryOperator.identity()));
      keys.add(new FrameCounter.Key(FrameColumn.RECORDED_RIP, LongUnaryOperator.identity()));
    }
    return keys;
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
    return new CountedFrames(frames, frames.registers(), address(counted), by, values(counted));
  }

  private long address(FrameCount counted) {
    if (!byAddress) {
      return counted.frames().registers().rip();
    }
    Object recorded = counted.values().get(by.size() + 1);
    return recorded != null && reading == Reading.AS_RECORDED
        ? (Long) recorded
        : (Long) counted.values().get(by.size());
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
