package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.TrialFigure;
import dev.pacebench.leaderboard.pairs.Power;
import dev.pacebench.leaderboard.stats.AalenJohansen;
import dev.pacebench.leaderboard.stats.Bounds;
import dev.pacebench.leaderboard.stats.ClopperPearson;
import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import dev.pacebench.leaderboard.stats.Jeffreys;
import dev.pacebench.leaderboard.stats.LogTimeArea;
import dev.pacebench.leaderboard.stats.Par;
import dev.pacebench.leaderboard.stats.PassAtK;
import dev.pacebench.leaderboard.stats.Quantile;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.SolvedBy;
import dev.pacebench.leaderboard.stats.Spread;
import dev.pacebench.leaderboard.stats.TimeGrid;
import dev.pacebench.leaderboard.stats.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What is known of one row without drawing replicates. */
final class Measured {

  /** Where the area under accuracy over log time begins. */
  static final double AREA_FROM = 10;

  private static final int MOST_ATTEMPTS = 100;

  final Entrant entrant;
  final Sample sample;
  final TableRow row;
  final ClusteredAccuracy accuracy;
  final SolvedBy solvedBy;
  final Times times;

  /** Budgets of the grid that do not lie beyond the row's longest limit. */
  final int reach;

  private final TimeGrid grid;

  Measured(Entrant entrant, TimeGrid grid) {
    this.entrant = entrant;
    this.grid = grid;
    sample = entrant.sample();
    row = entrant.row();
    accuracy = ClusteredAccuracy.of(sample);
    solvedBy = new SolvedBy(sample, grid);
    times = times(sample);
    int end = grid.indexOf(sample.longestLimit());
    reach = accuracy.trials() == 0 ? 0 : Math.min(grid.size(), end + 1);
  }

  /** Accuracy per budget, NaN beyond the limits. */
  double[] curve() {
    double[] shares = Arrays.copyOf(solvedBy.shares(), grid.size());
    Arrays.fill(shares, reach, shares.length, Double.NaN);
    return shares;
  }

  /** The same with lost trials as censored. */
  double[] aalenJohansen(double[] curve) {
    if (row.lost() == 0) {
      return curve.clone();
    }
    double[] shares = AalenJohansen.of(sample, grid);
    Arrays.fill(shares, reach, shares.length, Double.NaN);
    return shares;
  }

  AccuracyIntervals intervals() {
    String by = accuracy.byRepository() ? "repository" : "task";
    double n = accuracy.effectiveTrials();
    if (accuracy.tooFew()) {
      return new AccuracyIntervals(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          n,
          accuracy.clusters(),
          by);
    }
    double solved = Math.min(n, accuracy.mean() * n);
    return new AccuracyIntervals(
        row.interval(),
        named(Wilson.of(solved, n), "wilson"),
        named(Jeffreys.of(solved, n), "jeffreys"),
        named(ClopperPearson.of(solved, n), "clopper_pearson"),
        n,
        accuracy.clusters(),
        by);
  }

  private static Optional<Interval> named(Bounds bounds, String method) {
    return Optional.of(new Interval(bounds.lo(), bounds.hi(), method));
  }

  OptionalDouble par2() {
    return Par.of(sample, 2);
  }

  OptionalDouble area() {
    return LogTimeArea.of(sample, AREA_FROM, sample.longestLimit());
  }

  List<Double> passAtK() {
    return perAttempts(k -> PassAtK.meanAtLeastOne(sample, k));
  }

  List<Double> passHatK() {
    return perAttempts(k -> PassAtK.meanAll(sample, k));
  }

  private List<Double> perAttempts(IntFunction<OptionalDouble> figure) {
    List<Double> figures = new ArrayList<>();
    int most = Math.min(MOST_ATTEMPTS, PassAtK.largest(sample));
    for (int k = 1; k <= most; k++) {
      figure.apply(k).ifPresent(figures::add);
    }
    return figures;
  }

  TaskSpread spread() {
    Spread spread = Spread.of(sample);
    return new TaskSpread(
        present(spread.flakyShare()),
        present(spread.disagreement()),
        present(spread.icc()),
        spread.always(),
        spread.never());
  }

  /** With the public calibration's variance between tasks, and the row's own within them. */
  OptionalDouble detectable() {
    if (accuracy.tooFew()) {
      return OptionalDouble.empty();
    }
    double within = Spread.of(sample).within();
    Power power = Double.isNaN(within) ? Power.PUBLIC : new Power(Power.PUBLIC.between(), within);
    double attempts = (double) accuracy.trials() / accuracy.tasks();
    return OptionalDouble.of(power.detectable(accuracy.clusters(), attempts));
  }

  OptionalDouble cost() {
    double sum = 0;
    boolean priced = false;
    for (int i = 0; i < sample.trials(); i++) {
      double cost = entrant.figure(TrialFigure.COST, i);
      if (!Double.isNaN(cost)) {
        priced = true;
        sum += cost;
      }
    }
    return priced ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private static Times times(Sample sample) {
    double[] solved = known(sample, true);
    double[] all = known(sample, false);
    int counted = 0;
    for (int i = 0; i < sample.trials(); i++) {
      counted += sample.lost(i) ? 0 : 1;
    }
    return new Times(
        present(Quantile.ofSorted(solved, 0.5)),
        present(Quantile.ofSorted(solved, 0.9)),
        mean(solved),
        present(Quantile.ofSorted(all, 0.5)),
        present(Quantile.ofSorted(all, 0.9)),
        mean(all),
        present(Quantile.ofSorted(solved, 0.25)),
        present(Quantile.ofSorted(solved, 0.75)),
        counted - all.length);
  }

  private static double[] known(Sample sample, boolean solvedOnly) {
    return IntStream.range(0, sample.trials())
        .filter(i -> !sample.lost(i) && (!solvedOnly || sample.solved(i)))
        .mapToDouble(sample::seconds)
        .filter(seconds -> !Double.isNaN(seconds))
        .sorted()
        .toArray();
  }

  /** Of sorted values, so that their order changes nothing. */
  private static OptionalDouble mean(double[] sorted) {
    return DoubleStream.of(sorted).average();
  }

  static OptionalDouble present(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
