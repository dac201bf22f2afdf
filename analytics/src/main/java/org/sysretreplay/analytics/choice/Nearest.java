package org.sysretreplay.analytics.choice;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that a user may have meant by one that does not exist. */
public final class Nearest {

  /** How many names a message offers. */
  private static final int OFFERED = 2;

  /** A misspelt name has at least this many letters for each wrong one. */
  private static final int LETTERS_A_SLIP = 3;

  /** Shorter texts are part of nearly every name. */
  private static final int SHORTEST_PART = 2;

  private Nearest() {}

  /**
   * The names that contain it, then those that differ by a few letters, ignoring case; empty if no
   * name is similar.
   */
  public static List<String> of(String name, Collection<String> names) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(it -> isPart(wanted, it) || isSlip(wanted, it))
        .sorted(
            Comparator.comparing((String it) -> !isPart(wanted, it))
                .thenComparingInt(it -> distance(wanted, it.toLowerCase(Locale.ROOT))))
        .limit(OFFERED)
        .toList();
  }

  /** The same as the end of a sentence: {@code "; perhaps a or b"}, or an empty text. */
  public static String perhaps(String name, Collection<String> names) {
    return perhaps(of(name, names));
  }

  /** What is offered as the end of a sentence, or an empty text. */
  static String perhaps(List<String> nearest) {
    return nearest.isEmpty() ? "" : "; perhaps " + String.join(" or ", nearest);
  }

  private static boolean isPart(String wanted, String name) {
    return wanted.length() >= SHORTEST_PART && name.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static boolean isSlip(String wanted, String name) {
    int letters = Math.max(wanted.length(), name.length());
    return distance(wanted, name.toLowerCase(Locale.ROOT)) * LETTERS_A_SLIP <= letters;
  }

  /**
   * The edit distance: how many letters have to be inserted, deleted, changed, or swapped with the
   * next one.
   */
  static int distance(String from, String to) {
    int[][] costs = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, from, i, to, j);
      }
    }
    return costs[from.length()][to.length()];
  }

  private static int cost(int[][] costs, String from, int i, String to, int j) {
    int changed = costs[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int cost = Math.min(changed, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
  }
}
