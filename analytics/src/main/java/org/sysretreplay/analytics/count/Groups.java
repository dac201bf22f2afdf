package org.sysretreplay.analytics.count;

import java.util.Arrays;
import org.sysretreplay.ingest.columnar.LongDictionary;

/**
 * Divides groups of rows by one column more: each group and code that come together are a new
 * group. A small table finds it where there are few codes, a hash table where there are many.
 */
final class Groups {

  private static final int SMALL = 1 << 10;
  private static final int NONE = 0;

  /** For a group its rows of codes; what is found there is the new group, counted from 1. */
  private int[][] small = {};

  private final LongDictionary pairs = new LongDictionary();

  /** Puts in place of each row's group the new one. */
  void divide(int[] groups, int[] codes, int count) {
    for (int i = 0; i < count; i++) {
      int code = codes[i] + 1;
      groups[i] = code < SMALL && groups[i] < SMALL ? small(groups[i], code) : of(groups[i], code);
    }
  }

  private int small(int group, int code) {
    if (group >= small.length || code >= small[group].length) {
      grow(group, code);
    }
    int found = small[group][code];
    if (found == NONE) {
      found = of(group, code) + 1;
      small[group][code] = found;
    }
    return found - 1;
  }

  private void grow(int group, int code) {
    if (group >= small.length) {
      int before = small.length;
      small = Arrays.copyOf(small, Math.max(16, group * 2));
      Arrays.fill(small, before, small.length, new int[0]);
    }
    if (code >= small[group].length) {
      small[group] = Arrays.copyOf(small[group], Math.max(16, code * 2));
    }
  }

  private int of(int group, int code) {
    return pairs.of((long) group << Integer.SIZE | code);
  }

  /** How many new groups there are so far. */
  int size() {
    return pairs.size();
  }

  /** The group that a new one is a part of. */
  int whole(int group) {
    return (int) (pairs.value(group) >>> Integer.SIZE);
  }

  /** The code of all rows of a new group. */
  int code(int group) {
    return (int) pairs.value(group) - 1;
  }
}
