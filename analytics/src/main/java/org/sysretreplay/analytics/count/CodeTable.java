package org.sysretreplay.analytics.count;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;

/** An int for each value of a batch's column; what is found for a code is kept. */
final class CodeTable {

  private final FrameBatch batch;
  private final FrameColumn column;
  private final ToIntFunction<Object> ofValue;
  private final int[] codes;

  /** No value first. */
  private int[] found;

  /**
   * A column, which may be missing in the file.
   *
   * @param ofValue of a String or a Long, as the column is, or of null where there is no value
   */
  CodeTable(FrameBatch batch, FrameColumn column, ToIntFunction<Object> ofValue) {
    this.batch = batch;
    this.column = column;
    this.ofValue = ofValue;
    codes = batch.has(column) ? batch.codes(column) : new int[0];
    found = new int[] {ofValue.applyAsInt(null)};
  }

  /** What was found for the value in a row. */
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
