package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.Optional;

/**
 * Accuracy within a time budget, at every budget of the section's grid.
 *
 * <p>Absent (NaN, empty) beyond the row's own longest limit: nothing is known of what would have
 * come later.
 */
public final class Curve {

  private final TimeGrid grid;
  private final double[] accuracy;
  private final double[] aalenJohansen;
  private final double[] lo;
  private final double[] hi;
  private final int[] best;
  private final int[] worst;

  /** Takes arrays over; NaN and rank 0 stand for what is absent. */
  Curve(
      TimeGrid grid,
      double[] accuracy,
      double[] aalenJohansen,
      double[] lo,
      double[] hi,
      int[] best,
      int[] worst) {
    this.grid = grid;
    this.accuracy = accuracy;
    this.aalenJohansen = aalenJohansen;
    this.lo = lo;
    this.hi = hi;
    this.best = best;
    this.worst = worst;
  }

  /** Number of budgets. */
  public int size() {
    return grid.size();
  }

  /** The budget. */
  public double seconds(int index) {
    return grid.at(index);
  }

  /** Solved within the budget / trials that were not lost; NaN beyond the limits. */
  public double accuracy(int index) {
    return accuracy[index];
  }

  /** As {@link #accuracy} with lost trials as censored when they were lost; NaN beyond limits. */
  public double aalenJohansen(int index) {
    return aalenJohansen[index];
  }

  /** The pointwise 95 % band by bootstrap over tasks. */
  public Optional<Interval> band(int index) {
    return Double.isNaN(lo[index])
        ? Optional.empty()
        : Optional.of(new Interval(lo[index], hi[index], "bootstrap_over_tasks"));
  }

  /** Ranks at the budget, among the section's rows whose limits reach it. */
  public Optional<RankInterval> ranks(int index) {
    return best[index] == 0
        ? Optional.empty()
        : Optional.of(new RankInterval(best[index], worst[index]));
  }
}
