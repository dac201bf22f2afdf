package org.sysretreplay.analytics.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * Handles rows that stand for several exits. Nearly always each row is one exit, which the footer
 * says, so that the column is not read; otherwise it becomes one more column to count by.
 */
final class RowWeights {

  private RowWeights() {}

  /** Whether a row may stand for more than one exit. */
  static boolean areThere(List<BlockMetaData> groups, Map<FrameColumn, ColumnDescriptor> there) {
    return there.containsKey(FrameColumn.COUNT) && !groups.stream().allMatch(RowWeights::areAllOne);
  }

  private static boolean areAllOne(BlockMetaData group) {
    return group.getColumns().stream()
        .filter(it -> it.getPath().toDotString().equals(FrameColumn.COUNT.key()))
        .map(ColumnChunkMetaData::getStatistics)
        .anyMatch(RowWeights::areAllOne);
  }

  private static boolean areAllOne(Statistics<?> told) {
    return told instanceof LongStatistics numbers
        && numbers.hasNonNullValue()
        && numbers.getMin() == 1
        && numbers.getMax() == 1;
  }

  /** The columns to count by, followed by the column of weights. */
  static List<FrameCounter.Key> with(List<FrameCounter.Key> by) {
    List<FrameCounter.Key> keys = new ArrayList<>(by);
    keys.add(new FrameCounter.Key(FrameColumn.COUNT, LongUnaryOperator.identity()));
    return keys;
  }

  /**
   * The count of rows that were also counted by their weight.
   *
   * @param values the last value is the weight; null is one exit
   * @throws IllegalArgumentException if the weight is no number of exits; the message is the reason
   */
  static FrameCount weighted(FrameClass frames, List<Object> values, long rows) {
    int last = values.size() - 1;
    long each = values.get(last) == null ? 1 : (Long) values.get(last);
    if (!ExitFrame.isCount(each)) {
      throw new IllegalArgumentException("a row stands for " + each + " exits");
    }
    return new FrameCount(frames, values.subList(0, last), rows, Math.multiplyExact(rows, each));
  }
}
