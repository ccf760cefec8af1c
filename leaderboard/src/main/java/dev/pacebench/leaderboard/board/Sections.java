package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.stats.Bounds;
import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import dev.pacebench.leaderboard.stats.Frontier;
import dev.pacebench.leaderboard.stats.Resamples;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.TimeGrid;
import dev.pacebench.leaderboard.stats.Wilson;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes what is compared with each other. */
final class Sections {

  /** With more distinct limits, some of them stand for all; each is a column of every table. */
  private static final int MOST_LIMITS = 16;

  private Sections() {}

  static BoardSection of(
      String taskSet, Optional<String> group, List<Entrant> entrants, BoardOptions options) {
    List<Double> limits = limits(entrants);
    TimeGrid grid = grid(entrants, limits, options);
    List<Measured> rows =
        entrants.parallelStream()
            .map(entrant -> new Measured(entrant, grid))
            .sorted(
                Comparator.comparing(
                    measured -> measured.row, dev.pacebench.leaderboard.TableRow.BEST_FIRST))
            .toList();
    long seed = seed(rows);
    int columns = grid.size() + 1;
    Replicates replicates =
        Replicates.clusters(rows) < ClusteredAccuracy.FEWEST
            ? null
            : new Replicates(rows, columns, options.replicates(), seed);
    return new BoardSection(
        taskSet,
        group,
        tasks(rows),
        rows(rows, grid, replicates),
        grid,
        limits,
        seed,
        VirtualBests.of(rows, grid));
  }

  private static List<Double> limits(List<Entrant> entrants) {
    TreeSet<Double> limits = new TreeSet<>();
    for (Entrant entrant : entrants) {
      Sample sample = entrant.sample();
      double last = Double.NaN;
      for (int i = 0; i < sample.trials(); i++) {
        if (sample.limit(i) != last) {
          last = sample.limit(i);
          limits.add(last);
        }
      }
    }
    return List.copyOf(limits);
  }

  private static TimeGrid grid(List<Entrant> entrants, List<Double> limits, BoardOptions options) {
    if (limits.isEmpty()) {
      return TimeGrid.empty();
    }
    // A budget within which nobody solved anything is still worth showing.
    double shortest =
        options.budgets().stream()
            .mapToDouble(Double::doubleValue)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    for (Entrant entrant : entrants) {
      Sample sample = entrant.sample();
      for (int i = 0; i < sample.trials(); i++) {
        if (sample.solved(i)) {
          shortest = Math.min(shortest, sample.solvedAt(i));
        }
      }
    }
    int n = limits.size();
    int shown = Math.min(n, MOST_LIMITS);
    double[] some = new double[shown];
    for (int i = 0; i < shown; i++) {
      some[i] = limits.get(shown == 1 ? n - 1 : (int) ((long) i * (n - 1) / (shown - 1)));
    }
    return TimeGrid.of(Double.isInfinite(shortest) ? TimeGrid.SHORTEST : shortest, some)
        .with(options.budgets().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static long seed(List<Measured> rows) {
    TreeSet<String> digests = new TreeSet<>();
    for (Measured row : rows) {
      for (int t = 0; t < row.sample.tasks(); t++) {
        digests.add(row.entrant.taskDigest(t));
      }
    }
    return Resamples.seed(digests);
  }

  private static int tasks(List<Measured> rows) {
    TreeSet<String> tasks = new TreeSet<>();
    rows.forEach(row -> tasks.addAll(row.sample.taskKeys()));
    return tasks.size();
  }

  private static List<BoardRow> rows(
      List<Measured> rows, TimeGrid grid, @Nullable Replicates replicates) {
    int columns = grid.size() + 1;
    Map<Integer, int[][]> ranks = new TreeMap<>();
    double[] shares = new double[0];
    if (replicates != null) {
      shares = replicates.frontierShares();
      List<int[][]> perColumn =
          IntStream.range(0, columns)
              .parallel()
              .mapToObj(column -> replicates.ranks(column, reaches(rows, column, columns)))
              .toList();
      for (int column = 0; column < columns; column++) {
        ranks.put(column, perColumn.get(column));
      }
    }
    double[] seconds =
        rows.stream().mapToDouble(row -> row.times.medianSolved().orElse(Double.NaN)).toArray();
    double[] accuracies = rows.stream().mapToDouble(row -> row.accuracy.mean()).toArray();
    boolean[] onFrontier = Frontier.of(seconds, accuracies);
    double[] frontierShares = shares;
    return IntStream.range(0, rows.size())
        .parallel()
        .mapToObj(
            r -> {
              Measured row = rows.get(r);
              boolean known = replicates != null && !row.accuracy.tooFew();
              return row(
                  row,
                  curve(row, r, grid, known ? replicates : null, ranks),
                  known ? OptionalDouble.of(frontierShares[r]) : OptionalDouble.empty(),
                  onFrontier[r],
                  known ? interval(ranks, columns - 1, r) : Optional.empty());
            })
        .toList();
  }

  private static boolean[] reaches(List<Measured> rows, int column, int columns) {
    boolean[] reaches = new boolean[rows.size()];
    for (int r = 0; r < reaches.length; r++) {
      reaches[r] =
          column < rows.get(r).reach
              || (column == columns - 1 && rows.get(r).accuracy.trials() > 0);
    }
    return reaches;
  }

  private static Optional<RankInterval> interval(Map<Integer, int[][]> ranks, int column, int row) {
    int[] ends = ranks.getOrDefault(column, new int[row + 1][2])[row];
    return ends[0] == 0 ? Optional.empty() : Optional.of(new RankInterval(ends[0], ends[1]));
  }

  private static Curve curve(
      Measured row,
      int r,
      TimeGrid grid,
      @Nullable Replicates replicates,
      Map<Integer, int[][]> ranks) {
    double[] accuracy = row.curve();
    double[] lo = new double[grid.size()];
    double[] hi = new double[grid.size()];
    int[] best = new int[grid.size()];
    int[] worst = new int[grid.size()];
    Arrays.fill(lo, Double.NaN);
    Arrays.fill(hi, Double.NaN);
    for (int column = 0; column < row.reach && replicates != null; column++) {
      double[] band = replicates.band(r, column, accuracy[column]);
      if (Double.isNaN(band[0])) {
        // Tasks that all came out alike leave no spread; a band without width would be certain.
        int clusters = row.accuracy.clusters();
        Bounds wilson = Wilson.of(accuracy[column] * clusters, clusters);
        band = new double[] {wilson.lo(), wilson.hi()};
      }
      lo[column] = band[0];
      hi[column] = band[1];
      Optional<RankInterval> interval = interval(ranks, column, r);
      best[column] = interval.map(RankInterval::best).orElse(0);
      worst[column] = interval.map(RankInterval::worst).orElse(0);
    }
    return new Curve(grid, accuracy, row.aalenJohansen(accuracy), lo, hi, best, worst);
  }

  private static BoardRow row(
      Measured row,
      Curve curve,
      OptionalDouble frontierShare,
      boolean onFrontier,
      Optional<RankInterval> ranks) {
    return new BoardRow(
        row.row,
        row.row.flags().containsKey(BoardRow.ESTIMATED),
        row.intervals(),
        row.times,
        curve,
        row.par2(),
        row.area(),
        row.passAtK(),
        row.passHatK(),
        frontierShare,
        onFrontier,
        ranks,
        row.spread(),
        row.detectable(),
        Phases.of(row.entrant, false),
        Phases.of(row.entrant, true),
        Phases.vendors(row.entrant),
        row.cost());
  }
}
