package dev.pacebench.leaderboard.chart;

/** Moves things apart that would lie on each other, as little as can be. */
final class Spread {

  private Spread() {}

  /**
   * New places, rising, each at least a gap from the next.
   *
   * @param wanted rising
   * @param first the least place
   * @param last the greatest place; there must be room for all
   */
  static double[] apart(double[] wanted, double gap, double first, double last) {
    double[] places = wanted.clone();
    int n = places.length;
    int[] begins = new int[n];
    double[] middles = new double[n];
    int[] sizes = new int[n];
    int groups = 0;
    for (int i = 0; i < n; i++) {
      begins[groups] = i;
      sizes[groups] = 1;
      middles[groups] = clip(wanted[i], 1, gap, first, last);
      groups++;
      while (groups > 1 && tooNear(middles, sizes, groups - 2, gap)) {
        groups--;
        int size = sizes[groups - 1] + sizes[groups];
        double middle =
            (middles[groups - 1] * sizes[groups - 1] + middles[groups] * sizes[groups]) / size;
        sizes[groups - 1] = size;
        middles[groups - 1] = clip(middle, size, gap, first, last);
      }
    }
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < sizes[g]; i++) {
        places[begins[g] + i] = middles[g] + gap * (i - (sizes[g] - 1) / 2.0);
      }
    }
    return places;
  }

  private static boolean tooNear(double[] middles, int[] sizes, int group, double gap) {
    return middles[group + 1] - middles[group]
        < gap * (sizes[group] + sizes[group + 1]) / 2.0 - 1e-9;
  }

  private static double clip(double middle, int size, double gap, double first, double last) {
    double half = gap * (size - 1) / 2.0;
    return Math.max(first + half, Math.min(last - half, middle));
  }
}
