package dev.pacebench.tasks;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody who mistyped a name may have meant. */
public final class NearestName {

  private static final int MOST = 3;

  private NearestName() {}

  /** The candidates close to the name, nearest first, at most three; empty when none is close. */
  public static List<String> of(String name, Collection<String> candidates) {
    String wanted = fold(name);
    int limit = Math.max(1, Math.min(3, wanted.length() / 3));
    record Scored(String candidate, int distance) {}
    return candidates.stream()
        .map(candidate -> new Scored(candidate, distance(wanted, fold(candidate))))
        .filter(scored -> scored.distance() <= limit)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
        .limit(MOST)
        .map(Scored::candidate)
        .toList();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Edit distance in which two swapped neighbours count once, and so does a missing end of any
   * length.
   */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    int least = cost[a.length()][b.length()];
    for (int begun = 3; begun < b.length() && a.length() >= 3; begun++) {
      least = Math.min(least, cost[a.length()][begun] + 1);
    }
    return least;
  }
}
