package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
 * Counts the frames in parts of Parquet files by their class and by the values of some columns, and
 * shows one frame for each group. The frames shown for one class always have the same registers.
 */
final class PartCounter {

  private final Reading reading;
  private final List<GroupColumn> by;
  private final boolean byAddress;
  private final Consumer<String> checkCounted;
  private final FrameCounter counter;

  /** Tells frames apart by their classes only. */
  PartCounter(ParquetFiles files, FrameOrigin origin, Reading reading) {
    this(files, origin, reading, List.of(), false, source -> {});
  }

  /** Tells frames apart by what the question needs. */
  PartCounter(ParquetFiles files, FrameOrigin origin, Fold<?> question) {
    this(
        files,
        origin,
        question.reading(),
        question.by(),
        question.byAddress(),
        question::checkCounted);
  }

  /**
   * @param checkCounted gets the file of rows that stand for several exits; throws an exception if
   *     these cannot be asked
   */
  private PartCounter(
      ParquetFiles files,
      FrameOrigin origin,
      Reading reading,
      List<GroupColumn> asked,
      boolean byAddress,
      Consumer<String> checkCounted) {
    this.reading = reading;
    this.byAddress = byAddress;
    this.checkCounted = checkCounted;
    by = asked.stream().filter(it -> !RepresentativeFrame.isOfClass(it)).distinct().toList();
    counter = new FrameCounter(files, origin, reading, keys());
  }

  /**
   * The recorded address is a column of its own, filled only in the few rows where it differs from
   * the address that the frame returned to.
   */
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
   * Shows all frames of a part, group by group.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  void forEach(FramePart part, Visitor to) {
    counter.count(
        part,
        it -> {
          if (it.exits() > it.rows()) {
            checkCounted.accept(part.file());
          }
          to.see(view(it), it.rows(), it.exits());
        });
  }

  /** Receives the groups. */
  interface Visitor {

    /**
     * Sees one group of frames that are alike.
     *
     * @param frame a frame that stands for all of them
     * @param rows how many rows the group has
     * @param exits how many exits these rows stand for
     */
    void see(FrameView frame, long rows, long exits);
  }

  private FrameView view(FrameCount counted) {
    FrameClass frames = counted.frames();
    return new RepresentativeFrame(
        frames, frames.registers(), address(counted), by, values(counted));
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
