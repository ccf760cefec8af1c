package dev.pacebench.runner.lineup;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the names that somebody may have meant. */
public final class Nearest {

  private Nearest() {}

  /** The closest name, unless none is close. */
  public static Optional<String> of(String word, Collection<String> names) {
    return list(word, names, 1).stream().findFirst();
  }

  /** The closest names, the best first; names that are not close are left out. */
  public static List<String> list(String word, Collection<String> names, int count) {
    String wanted = word.toLowerCase(Locale.ROOT);
    int allowed = Math.max(2, wanted.length() / 3);
    return names.stream()
        .map(name -> new Scored(name, score(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(scored -> scored.score <= allowed)
        .sorted(Comparator.comparingInt(Scored::score).thenComparing(Scored::name))
        .limit(count)
        .map(Scored::name)
        .collect(Collectors.toList());
  }

  /** A clause for messages: what was meant, or what there is. */
  public static String hint(String word, Collection<String> names) {
    return of(word, names)
        .map(name -> "did you mean `" + name + "`?")
        .orElseGet(
            () ->
                names.isEmpty()
                    ? "none is defined"
                    : "use one of: "
                        + names.stream().sorted().limit(20).collect(Collectors.joining(", ")));
  }

  private record Scored(String name, int score) {}

  private static int score(String wanted, String name) {
    if (name.equals(wanted)) {
      return 0;
    }
    boolean partOfIt = wanted.length() >= 3 && name.contains(wanted);
    return partOfIt ? 1 : distance(wanted, name);
  }

  /** Edits between two words, neighbours swapped counting as one (optimal string alignment). */
  private static int distance(String a, String b) {
    if (a.length() > 200 || b.length() > 200) {
      return Integer.MAX_VALUE;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
