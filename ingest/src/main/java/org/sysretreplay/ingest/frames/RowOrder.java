package org.sysretreplay.ingest.frames;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.columnar.LongDictionary;

/**
 * The order in which rows are written: by class, then by thread, then as they came. Columns that
 * follow from the class are then long runs, which cost nothing, and a thread's columns repeat their
 * values.
 *
 * @param rows the rows in that order
 * @param calls how many of them, at the start, are of system calls; the rest are of interrupted
 *     code, whose registers hold anything
 */
record RowOrder(int[] rows, int calls) {

  /** Rows of one class and one thread, which stay in the order in which they came. */
  private record Run(FrameClass frames, long code, long tid, int number) {

    boolean isOfCall() {
      return switch (frames.entry()) {
        case SYSCALL, FORK, COMPAT -> true;
        case INTERRUPT, EXCEPTION -> false;
      };
    }
  }

  private static final Comparator<Run> ORDER =
      Comparator.comparing(Run::isOfCall)
          .reversed()
          .thenComparingLong(Run::code)
          .thenComparingLong(Run::tid);

  /** The order of all rows. */
  static RowOrder of(ColumnarFrames rows) {
    LongDictionary classes = new LongDictionary();
    LongDictionary tids = new LongDictionary();
    LongDictionary runs = new LongDictionary();
    int[] runOf = new int[rows.size()];
    long[][] classOf = rows.blocks(FrameColumn.FRAME_CLASS);
    long[][] tidOf = rows.blocks(FrameColumn.TID);
    for (int row = 0; row < runOf.length; row++) {
      int code = classes.of(ColumnarFrames.value(classOf, row));
      int tid = tids.of(ColumnarFrames.value(tidOf, row));
      runOf[row] = runs.of((long) code << Integer.SIZE | tid);
    }
    Run[] sorted =
        IntStream.range(0, runs.size())
            .mapToObj(
                it -> {
                  long code = classes.value((int) (runs.value(it) >>> Integer.SIZE));
                  long tid = tids.value((int) runs.value(it));
                  return new Run(FrameClass.ofCode(code), code, tid, it);
                })
            .sorted(ORDER)
            .toArray(Run[]::new);
    return of(runOf, sorted);
  }

  private static RowOrder of(int[] runOf, Run[] sorted) {
    int[] next = new int[sorted.length];
    for (int run : runOf) {
      next[run]++;
    }
    int calls = 0;
    int start = 0;
    for (Run run : sorted) {
      int length = next[run.number()];
      next[run.number()] = start;
      start += length;
      calls = run.isOfCall() ? start : calls;
    }
    int[] rows = new int[runOf.length];
    for (int row = 0; row < rows.length; row++) {
      rows[next[runOf[row]]++] = row;
    }
    return new RowOrder(rows, calls);
  }

  /** The rows of system calls. */
  int[] ofCalls() {
    return Arrays.copyOf(rows, calls);
  }

  /** The rows of interrupted code. */
  int[] ofInterruptedCode() {
    return Arrays.copyOfRange(rows, calls, rows.length);
  }
}
