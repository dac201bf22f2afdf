package org.sysretreplay.analytics.count;

import java.util.Arrays;
import org.sysretreplay.ingest.columnar.LongDictionary;

/**
 * Divides groups of rows by one more column: each pair of a group and a code becomes a new group.
 * Pairs are looked up in a small table if there are few codes, else in a hash table.
 */
final class Groups {

  private static final int SMALL = 1 << 10;
  private static final int NONE = 0;

  /** For each group and code plus one, the new group plus one. */
  private int[][] small = {};

  private final LongDictionary pairs = new LongDictionary();

  /** Replaces the group of each row by its new group. */
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

  /** The number of new groups so far. */
  int size() {
    return pairs.size();
  }

  /** The old group that a new group is a part of. */
  int whole(int group) {
    return (int) (pairs.value(group) >>> Integer.SIZE);
  }

  /** The code that all rows of a new group have. */
  int code(int group) {
    return (int) pairs.value(group) - 1;
  }
}
