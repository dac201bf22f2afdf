package org.sysretreplay.ingest.store;

import java.util.Arrays;

/**
 * How many rows there are of each group and code. Rows of one group mostly stand together, so a run
 * of them is counted into one small array (benchmark Replay).
 */
final class Histogram {

  private static final int SMALL = 1 << 11;

  /** For a group how often each code came, null first; twice, see {@link #count}. */
  private int[][] small = new int[2 * SMALL][0];

  /** Pairs of which one part is not small. */
  private final Codes pairs = new Codes();

  private long[] ofPairs = {};

  /** Takes what is counted; never a count of 0. */
  interface Visitor {
    void visit(int group, int code, long count);
  }

  /** Counts rows; a histogram never holds more than an int counts. */
  void add(int[] groups, int[] codes, int count) {
    for (int start = 0, end; start < count; start = end) {
      end = endOfRun(groups, start, count);
      add(groups[start], codes, start, end);
    }
  }

  /** Counts rows that have no code, as rows of the code 0. */
  void add(int[] groups, int count) {
    for (int start = 0, end; start < count; start = end) {
      end = endOfRun(groups, start, count);
      add(groups[start], 0, end - start);
    }
  }

  /** Where the rows that are equal to their neighbours end. */
  static int endOfRun(int[] groups, int start, int count) {
    int equal = Arrays.mismatch(groups, start, count - 1, groups, start + 1, count);
    return equal < 0 ? count : start + equal + 1;
  }

  private void add(int group, int[] codes, int from, int to) {
    int greatest = ColumnCursor.NULL;
    for (int row = from; row < to; row++) {
      greatest = Math.max(greatest, codes[row]);
    }
    if (group < SMALL && greatest < SMALL - 1) {
      count(codes, from, to, small(group, greatest + 1), small(group + SMALL, greatest + 1));
    } else {
      for (int row = from; row < to; row++) {
        add(group, codes[row], 1);
      }
    }
  }

  /** Every other row is counted apart: a processor waits where it counts the same thing twice. */
  private static void count(int[] codes, int from, int to, int[] even, int[] odd) {
    int row = from;
    for (; row + 1 < to; row += 2) {
      even[codes[row] + 1]++;
      odd[codes[row + 1] + 1]++;
    }
    if (row < to) {
      even[codes[row] + 1]++;
    }
  }

  private int[] small(int group, int greatest) {
    if (greatest >= small[group].length) {
      small[group] = Arrays.copyOf(small[group], Math.max(16, greatest * 2));
    }
    return small[group];
  }

  /** Counts rows of one group and code; the code is {@link ColumnCursor#NULL} or more. */
  void add(int group, int code, int count) {
    int pair = pairs.of((long) group << Integer.SIZE | code + 1);
    if (pair >= ofPairs.length) {
      ofPairs = Arrays.copyOf(ofPairs, Math.max(16, pair * 2));
    }
    ofPairs[pair] += count;
  }

  /** Gives all counts; a group and code may come twice. */
  void forEach(Visitor visitor) {
    for (int group = 0; group < small.length; group++) {
      for (int code = 0; code < small[group].length; code++) {
        if (small[group][code] > 0) {
          visitor.visit(group & SMALL - 1, code - 1, small[group][code]);
        }
      }
    }
    for (int pair = 0; pair < pairs.size(); pair++) {
      long value = pairs.value(pair);
      visitor.visit((int) (value >>> Integer.SIZE), (int) value - 1, ofPairs[pair]);
    }
  }
}
