package org.sysretreplay.analytics.count;

import java.util.Arrays;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.LongDictionary;

/** Counts rows by group and code. */
final class Histogram {

  /** The counts of this many pairs fit into the processor's cache. */
  private static final int MAX_TABLE = 1 << 15;

  private static final int MIN_CODES = 1 << 6;

  /**
   * For each group a row of counts by code, null first; there are two such tables, see {@link
   * #count}.
   */
  private int[] even = {};

  private int[] odd = {};
  private int codesOfGroup = MIN_CODES;

  /** Pairs that do not fit into the table. */
  private final LongDictionary pairs = new LongDictionary();

  private long[] ofPairs = {};

  /** Receives the counts; none is 0. */
  interface Visitor {
    void visit(int group, int code, long count);
  }

  /**
   * Counts rows; a histogram can count no more rows than fit into an int.
   *
   * @param groupsEnd the greatest group so far plus one
   * @param codesEnd the greatest code so far plus one
   */
  void add(int[] groups, int[] codes, int count, int groupsEnd, int codesEnd) {
    if (fit(groupsEnd, codesEnd)) {
      count(groups, codes, count);
    } else {
      for (int row = 0; row < count; row++) {
        add(groups[row], codes[row], 1);
      }
    }
  }

  /** Counts rows without a code as rows with the code 0. */
  void add(int[] groups, int count) {
    for (int start = 0, end; start < count; start = end) {
      end = endOfRun(groups, start, count);
      add(groups[start], 0, end - start);
    }
  }

  /** The end of the run of equal rows that begins at {@code start}. */
  static int endOfRun(int[] groups, int start, int count) {
    int equal = Arrays.mismatch(groups, start, count - 1, groups, start + 1, count);
    return equal < 0 ? count : start + equal + 1;
  }

  /** Makes the table large enough; false if it would become too large. */
  private boolean fit(int groupsEnd, int codesEnd) {
    int wide = codesOfGroup;
    while (wide < codesEnd + 1 && wide < MAX_TABLE) {
      wide *= 2;
    }
    long size = (long) wide * groupsEnd;
    if (wide < codesEnd + 1 || size > MAX_TABLE) {
      return false;
    }
    if (wide > codesOfGroup) {
      drainToPairs();
      codesOfGroup = wide;
    }
    if (size > even.length) {
      even = Arrays.copyOf(even, (int) Math.min(MAX_TABLE, size * 2));
      odd = Arrays.copyOf(odd, even.length);
    }
    return true;
  }

  /**
   * Counts even and odd rows in different tables: incrementing one counter twice in a row would
   * stall the processor.
   */
  private void count(int[] groups, int[] codes, int count) {
    int[] even = this.even;
    int[] odd = this.odd;
    int wide = codesOfGroup;
    int row = 0;
    for (; row + 1 < count; row += 2) {
      even[groups[row] * wide + codes[row] + 1]++;
      odd[groups[row + 1] * wide + codes[row + 1] + 1]++;
    }
    if (row < count) {
      even[groups[row] * wide + codes[row] + 1]++;
    }
  }

  private void drainToPairs() {
    for (int i = 0; i < even.length; i++) {
      int count = even[i] + odd[i];
      if (count > 0) {
        add(i / codesOfGroup, i % codesOfGroup - 1, count);
      }
    }
    Arrays.fill(even, 0);
    Arrays.fill(odd, 0);
  }

  /** Counts rows of one group and code; the code is {@link ColumnCursor#NULL} or more. */
  void add(int group, int code, int count) {
    int pair = pairs.of((long) group << Integer.SIZE | code + 1);
    if (pair >= ofPairs.length) {
      ofPairs = Arrays.copyOf(ofPairs, Math.max(16, pair * 2));
    }
    ofPairs[pair] += count;
  }

  /** Gives all counts, each pair of group and code once. */
  void forEach(Visitor visitor) {
    drainToPairs();
    for (int pair = 0; pair < pairs.size(); pair++) {
      long value = pairs.value(pair);
      visitor.visit((int) (value >>> Integer.SIZE), (int) value - 1, ofPairs[pair]);
    }
  }
}
