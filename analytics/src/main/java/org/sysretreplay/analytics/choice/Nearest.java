package org.sysretreplay.analytics.choice;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant by a name that there is not. */
public final class Nearest {

  /** How many names a message offers. */
  private static final int OFFERED = 2;

  private Nearest() {}

  /** The names that it is a part of, then those that are written most like it. */
  public static List<String> of(String name, Collection<String> names) {
    return names.stream()
        .sorted(
            Comparator.comparing((String it) -> !it.contains(name))
                .thenComparingInt(it -> distance(name, it)))
        .limit(OFFERED)
        .toList();
  }

  /** How many letters have to be put in, taken out or changed. */
  private static int distance(String from, String to) {
    int[] costs = new int[to.length() + 1];
    Arrays.setAll(costs, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(changed, Math.min(costs[j], costs[j - 1]) + 1);
      }
    }
    return costs[to.length()];
  }
}
