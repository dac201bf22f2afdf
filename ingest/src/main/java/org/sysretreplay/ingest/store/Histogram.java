package org.sysretreplay.ingest.store;

import java.util.Arrays;

/**
 * How many rows there are of each group and code. Rows of one group mostly stand together, so a run
 * of them is counted into one small array (benchmark Replay).
 */
final class Histogram {

  private static final int SMALL = 1 << 12;

  /** For a group how often each code came; null is the first. */
  private int[][] small = {};

  /** Pairs of which one part is not small. */
  private final Codes pairs = new Codes();

  private long[] ofPairs = {};

  /** Takes what is counted; never a count of 0. */
  interface Visitor {
    void visit(int group, int code, long count);
  }

  /** Counts rows; a histogram never holds more than an int counts. */
  void add(int[] groups, int[] codes, int count) {
    int start = 0;
    for (int row = 1; row <= count; row++) {
      if (row == count || groups[row] != groups[start]) {
        add(groups[start], codes, start, row);
        start = row;
      }
    }
  }

  /** Counts rows that have no code, as rows of the code 0. */
  void add(int[] groups, int count) {
    int start = 0;
    for (int row = 1; row <= count; row++) {
      if (row == count || groups[row] != groups[start]) {
        add(groups[start], 0, row - start);
        start = row;
      }
    }
  }

  private void add(int group, int[] codes, int from, int to) {
    int greatest = ColumnCursor.NULL;
    for (int row = from; row < to; row++) {
      greatest = Math.max(greatest, codes[row]);
    }
    if (group < SMALL && greatest < SMALL - 1) {
      int[] counts = small(group, greatest + 1);
      for (int row = from; row < to; row++) {
        counts[codes[row] + 1]++;
      }
    } else {
      for (int row = from; row < to; row++) {
        add(group, codes[row], 1);
      }
    }
  }

  private int[] small(int group, int greatest) {
    if (group >= small.length) {
      int before = small.length;
      small = Arrays.copyOf(small, Math.max(16, group * 2));
      Arrays.fill(small, before, small.length, new int[0]);
    }
    if (greatest >= small[group].length) {
      small[group] = Arrays.copyOf(small[group], Math.max(16, greatest * 2));
    }
    return small[group];
  }

  private void add(int group, int code, int count) {
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
          visitor.visit(group, code - 1, small[group][code]);
        }
      }
    }
    for (int pair = 0; pair < pairs.size(); pair++) {
      long value = pairs.value(pair);
      visitor.visit((int) (value >>> Integer.SIZE), (int) value - 1, ofPairs[pair]);
    }
  }
}
