package org.sysretreplay.analytics.count;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;

/** Maps each value of a batch's column to an int, computed once for each code. */
final class CodeTable {

  private final FrameBatch batch;
  private final FrameColumn column;
  private final ToIntFunction<Object> ofValue;
  private final int[] codes;

  /** The results by code plus one; the first is for a missing value. */
  private int[] found;

  /**
   * @param column may be missing in the file
   * @param ofValue takes a String or a Long, as the column has, or null for a missing value
   */
  CodeTable(FrameBatch batch, FrameColumn column, ToIntFunction<Object> ofValue) {
    this.batch = batch;
    this.column = column;
    this.ofValue = ofValue;
    codes = batch.has(column) ? batch.codes(column) : new int[0];
    found = new int[] {ofValue.applyAsInt(null)};
  }

  /** The result for the value in a row. */
  int at(int row) {
    int index = codes.length == 0 ? 0 : codes[row] + 1;
    if (index >= found.length) {
      find();
    }
    return found[index];
  }

  private void find() {
    int next = found.length;
    found = Arrays.copyOf(found, batch.cursor(column).size() + 1);
    for (; next < found.length; next++) {
      found[next] = ofValue.applyAsInt(batch.value(column, next - 1));
    }
  }
}
