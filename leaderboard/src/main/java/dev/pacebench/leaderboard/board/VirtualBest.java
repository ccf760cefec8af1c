package dev.pacebench.leaderboard.board;

/**
 * What always choosing the best contender of each task would come to; high, as it also chooses by
 * luck, the more so the fewer attempts there are.
 */
public final class VirtualBest {

  private final double accuracy;
  private final double[] curve;

  VirtualBest(double accuracy, double[] curve) {
    this.accuracy = accuracy;
    this.curve = curve;
  }

  /** Mean over tasks of the best contender's share of solved attempts. */
  public double accuracy() {
    return accuracy;
  }

  /** The same within the budget of the section's grid; NaN beyond the limits. */
  public double accuracy(int index) {
    return curve[index];
  }
}
