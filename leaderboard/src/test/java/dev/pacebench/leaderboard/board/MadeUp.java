package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Boards of figures that nobody measured, to see how they are shown. */
public final class MadeUp {

  public static final TimeGrid GRID =
      TimeGrid.of(1, 3600).with(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600);

  private String name = "contender";
  private String set = "set";
  private int tasks = 20;
  private int attempts = 3;
  private int lost;
  private double accuracy = 0.5;
  private double median = 300;
  private double limit = 3600;
  private boolean simulated;
  private boolean estimated;
  private Optional<String> differs = Optional.empty();

  public static MadeUp named(String name) {
    MadeUp made = new MadeUp();
    made.name = name;
    return made;
  }

  public MadeUp on(String taskSet, int itsTasks, int itsAttempts) {
    set = taskSet;
    tasks = itsTasks;
    attempts = itsAttempts;
    return this;
  }

  public MadeUp solving(double share, double medianSeconds) {
    accuracy = share;
    median = medianSeconds;
    return this;
  }

  public MadeUp losing(int trials) {
    lost = trials;
    return this;
  }

  public MadeUp limitedTo(double seconds) {
    limit = seconds;
    return this;
  }

  public MadeUp simulated() {
    simulated = true;
    return this;
  }

  public MadeUp estimated() {
    estimated = true;
    return this;
  }

  public MadeUp differing(String what) {
    differs = Optional.of(what);
    return this;
  }

  public static Board board(MadeUp... rows) {
    return board(Grouping.NONE, List.of(new RunFacts("r1", "docker", 2)), section("", rows));
  }

  public static Board board(Grouping by, List<RunFacts> runs, BoardSection... sections) {
    int trials =
        Arrays.stream(sections)
            .flatMap(section -> section.rows().stream())
            .mapToInt(row -> row.row().trials())
            .sum();
    return new Board(
        List.of(sections), by, runs, trials, trials, trials, 2_000, OptionalDouble.of(0.41));
  }

  /** Rows of one task set; an empty group for none. */
  public static BoardSection section(String group, MadeUp... rows) {
    return new BoardSection(
        rows.length == 0 ? "set" : rows[0].set,
        group.isEmpty() ? Optional.empty() : Optional.of(group),
        rows.length == 0 ? 0 : rows[0].tasks,
        Arrays.stream(rows).map(MadeUp::row).toList(),
        GRID,
        List.of(3600.0),
        1,
        Optional.empty());
  }

  public BoardRow row() {
    int trials = tasks * attempts;
    int counted = trials - lost;
    int solved = (int) Math.round(accuracy * counted);
    double share = counted == 0 ? Double.NaN : (double) solved / counted;
    boolean many = tasks >= 10 && counted > 0;
    Optional<Interval> interval =
        many
            ? Optional.of(new Interval(share - 0.15, share + 0.15, "t_over_tasks"))
            : Optional.empty();
    return new BoardRow(
        new TableRow(
            name,
            name,
            "sha256:abcd",
            set,
            List.of("r1"),
            counted == 0 ? 0 : tasks,
            trials,
            outcomes(solved, counted - solved),
            many ? OptionalDouble.of(0.07) : OptionalDouble.empty(),
            interval,
            solved > 0 ? OptionalDouble.of(median) : OptionalDouble.empty(),
            counted == 0 ? Optional.empty() : Optional.of("separate"),
            new TreeMap<>(),
            simulated,
            differs),
        estimated,
        new AccuracyIntervals(interval, interval, interval, interval, 25, tasks, "task"),
        times(solved),
        curve(share, many),
        OptionalDouble.of(1234.5),
        OptionalDouble.of(0.25),
        List.of(0.5, 0.6, 0.7),
        List.of(0.5, 0.4, 0.3),
        many ? OptionalDouble.of(0.83) : OptionalDouble.empty(),
        true,
        many ? Optional.of(new RankInterval(1, 2)) : Optional.empty(),
        new TaskSpread(
            OptionalDouble.of(0.2), OptionalDouble.of(0.1), OptionalDouble.of(0.6), 3, 4),
        many ? OptionalDouble.of(0.134) : OptionalDouble.empty(),
        Optional.of(new Decomposition(trials, 100, 30, 40, 20, 5, 3, 2)),
        Optional.empty(),
        Optional.of(new VendorEstimate(trials, 50, 10, 20, 1, 100)),
        OptionalDouble.of(12.34));
  }

  private Map<Outcome, Integer> outcomes(int solved, int failed) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    Arrays.stream(Outcome.values()).forEach(outcome -> outcomes.put(outcome, 0));
    outcomes.put(Outcome.SOLVED, solved);
    outcomes.put(Outcome.FAILED, failed);
    outcomes.put(Outcome.LOST, lost);
    return outcomes;
  }

  private Times times(int solved) {
    OptionalDouble typical = solved > 0 ? OptionalDouble.of(median) : OptionalDouble.empty();
    OptionalDouble slow = solved > 0 ? OptionalDouble.of(2 * median) : OptionalDouble.empty();
    return new Times(typical, slow, typical, typical, slow, typical, typical, slow, 0);
  }

  /** Half of what is solved in the end is solved by the median, evenly over the logarithm. */
  private Curve curve(double share, boolean many) {
    int size = GRID.size();
    double[] values = new double[size];
    double[] lo = new double[size];
    double[] hi = new double[size];
    int[] best = new int[size];
    int[] worst = new int[size];
    for (int i = 0; i < size; i++) {
      double steps = Math.log(GRID.at(i) / median) / Math.log(16) + 0.5;
      boolean beyond = GRID.at(i) > limit;
      values[i] = beyond ? Double.NaN : share * Math.min(1, Math.max(0, steps));
      lo[i] = beyond || !many ? Double.NaN : Math.max(0, values[i] - 0.1);
      hi[i] = beyond || !many ? Double.NaN : Math.min(1, values[i] + 0.1);
      best[i] = beyond || !many ? 0 : 1;
      worst[i] = beyond || !many ? 0 : 3;
    }
    return new Curve(GRID, values, values, lo, hi, best, worst);
  }
}
