package dev.pacebench.leaderboard;

import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import dev.pacebench.leaderboard.stats.Quantile;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.Sample.Kind;
import dev.pacebench.leaderboard.stats.Wilson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The trials behind one row: one contender's on one task set, or on a group of its tasks. */
public final class Entrant {

  /** Stands for a limit where no trial of a row says one. */
  private static final double DEFAULT_LIMIT = 3600;

  /** Who an entrant is, as rows say it. */
  record Identity(
      String name,
      String contender,
      String digest,
      String taskSet,
      List<String> runs,
      Optional<String> differs) {}

  private final TrialColumns columns;
  private final Identity identity;
  private final @Nullable String[] repositories;

  /** Entries by task, run and attempt: those that the figures rest on, and all planned ones. */
  private final int[] used;

  private final int[] planned;
  private @Nullable Sample sample;

  Entrant(
      TrialColumns columns,
      Identity identity,
      @Nullable String[] repositories,
      int[] used,
      int[] planned) {
    this.columns = columns;
    this.identity = identity;
    this.repositories = repositories;
    this.used = used;
    this.planned = planned;
  }

  /** Unique among the entrants of its task set. */
  public String name() {
    return identity.name();
  }

  public String taskSet() {
    return identity.taskSet();
  }

  /** Trials that the figures rest on; those of the sample, in its order. */
  public int trials() {
    return used.length;
  }

  /** A number of a trial of the sample; NaN where the trial does not say. */
  public double figure(TrialFigure figure, int trial) {
    return columns.figure(figure, used[trial]);
  }

  /** The digest of a task of the sample. */
  public String taskDigest(int task) {
    return columns.whats.value(columns.what(used[sample().begin(task)])).digest();
  }

  /** The name of a task of the sample. */
  public String taskName(int task) {
    return columns.whats.value(columns.what(used[sample().begin(task)])).task();
  }

  /** Of a trial of the sample: what its task is labelled with. */
  public Map<String, String> labels(int trial) {
    return columns.labels(used[trial]);
  }

  public Outcome outcome(int trial) {
    return columns.outcome(used[trial]);
  }

  /** From 1. */
  public int attempt(int trial) {
    return columns.attempts.value(columns.attempt(used[trial]));
  }

  public String run(int trial) {
    return columns.runs.value(columns.run(used[trial]));
  }

  public List<String> flags(int trial) {
    return columns.flagSets.value(columns.flagSet(used[trial]));
  }

  /** When a trial of the sample started; empty where that is not known. */
  public Optional<Instant> started(int trial) {
    return columns.started(used[trial]);
  }

  /** This entrant divided by the runs of its trials, each by its id. */
  public Map<String, Entrant> byRun() {
    Map<String, Ints> usedBy = new TreeMap<>();
    Map<String, Ints> plannedBy = new TreeMap<>();
    for (int entry : planned) {
      plannedBy.computeIfAbsent(run(columns, entry), key -> new Ints()).add(entry);
    }
    for (int entry : used) {
      usedBy.computeIfAbsent(run(columns, entry), key -> new Ints()).add(entry);
    }
    return divided(usedBy, plannedBy);
  }

  private static String run(TrialColumns columns, int entry) {
    return columns.runs.value(columns.run(entry));
  }

  /** This entrant divided by what a task is given; null means not at all. */
  Map<String, Entrant> by(Function<Integer, String> groupOfTask) {
    Map<String, Ints> usedBy = new TreeMap<>();
    Map<String, Ints> plannedBy = new TreeMap<>();
    for (int entry : planned) {
      String group = groupOfTask.apply(columns.what(entry));
      plannedBy.computeIfAbsent(group, key -> new Ints()).add(entry);
      usedBy.computeIfAbsent(group, key -> new Ints());
    }
    for (int entry : used) {
      String group = groupOfTask.apply(columns.what(entry));
      usedBy.computeIfAbsent(group, key -> new Ints()).add(entry);
    }
    return divided(usedBy, plannedBy);
  }

  private Map<String, Entrant> divided(Map<String, Ints> usedBy, Map<String, Ints> plannedBy) {
    Map<String, Entrant> groups = new TreeMap<>();
    usedBy.forEach(
        (group, entries) ->
            groups.put(
                group,
                new Entrant(
                    columns,
                    identity,
                    repositories,
                    entries.toArray(),
                    plannedBy.getOrDefault(group, new Ints()).toArray())));
    return groups;
  }

  /** The trials as statistics take them. */
  public Sample sample() {
    if (sample == null) {
      sample = makeSample();
    }
    return sample;
  }

  private Sample makeSample() {
    List<String> tasks = new ArrayList<>();
    List<String> clusters = new ArrayList<>();
    Ints begin = new Ints();
    byte[] kinds = new byte[used.length];
    double[] seconds = new double[used.length];
    double[] limits = new double[used.length];
    double longest = longestLimit();
    int last = -1;
    for (int i = 0; i < used.length; i++) {
      int entry = used[i];
      if (columns.what(entry) != last) {
        last = columns.what(entry);
        TrialColumns.What what = columns.whats.value(last);
        String key = what.task() + ' ' + what.digest();
        tasks.add(key);
        String repository = repositories[last];
        clusters.add(repository == null ? key : repository);
        begin.add(i);
      }
      kinds[i] = (byte) kind(columns.outcome(entry)).ordinal();
      seconds[i] = columns.seconds(entry);
      limits[i] = Double.isNaN(columns.limit(entry)) ? longest : columns.limit(entry);
    }
    begin.add(used.length);
    return new Sample(tasks, clusters, begin.toArray(), kinds, seconds, limits);
  }

  private double longestLimit() {
    double longest = 0;
    for (int entry : used) {
      double limit = columns.limit(entry);
      longest = limit > longest ? limit : longest;
    }
    return longest > 0 ? longest : DEFAULT_LIMIT;
  }

  private static Kind kind(Outcome outcome) {
    return switch (outcome) {
      case SOLVED -> Kind.SOLVED;
      case TIMED_OUT -> Kind.OUT_OF_TIME;
      case FAILED, AGENT_ERROR -> Kind.WRONG;
      case LOST -> Kind.LOST;
    };
  }

  /** Counts and accuracy. */
  public TableRow row() {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0);
    }
    int[] flagSets = new int[columns.flagSets.size()];
    TreeSet<String> modes = new TreeSet<>();
    boolean simulated = false;
    DoubleStream.Builder seconds = DoubleStream.builder();
    for (int entry : used) {
      Outcome outcome = columns.outcome(entry);
      outcomes.merge(outcome, 1, Integer::sum);
      flagSets[columns.flagSet(entry)]++;
      simulated |= columns.simulated(entry);
      if (columns.mode(entry) >= 0) {
        modes.add(columns.modes.value(columns.mode(entry)));
      }
      if (outcome == Outcome.SOLVED && !Double.isNaN(columns.seconds(entry))) {
        seconds.add(columns.seconds(entry));
      }
    }
    TreeMap<String, Integer> flags = new TreeMap<>();
    for (int set = 0; set < flagSets.length; set++) {
      int count = flagSets[set];
      if (count > 0) {
        columns.flagSets.value(set).forEach(flag -> flags.merge(flag, count, Integer::sum));
      }
    }
    ClusteredAccuracy accuracy = ClusteredAccuracy.of(sample());
    double[] sorted = seconds.build().toArray();
    Arrays.sort(sorted);
    return new TableRow(
        identity.name(),
        identity.contender(),
        identity.digest(),
        identity.taskSet(),
        identity.runs(),
        accuracy.tasks(),
        planned.length,
        outcomes,
        present(accuracy.standardError()),
        interval(accuracy),
        present(Quantile.ofSorted(sorted, 0.5)),
        modes.isEmpty()
            ? Optional.empty()
            : Optional.of(modes.size() == 1 ? modes.first() : "mixed"),
        flags,
        simulated,
        identity.differs());
  }

  /** Student's t over clusters, or Wilson's over them where all came out alike. */
  private static Optional<Interval> interval(ClusteredAccuracy accuracy) {
    if (accuracy.tooFew()) {
      return Optional.empty();
    }
    String over = accuracy.byRepository() ? "over_repositories" : "over_tasks";
    int clusters = accuracy.clusters();
    return Optional.of(
        accuracy
            .studentT()
            .map(bounds -> new Interval(bounds.lo(), bounds.hi(), "t_" + over))
            .orElseGet(
                () -> {
                  var bounds = Wilson.of(Math.min(1, accuracy.mean()) * clusters, clusters);
                  return new Interval(bounds.lo(), bounds.hi(), "wilson_" + over);
                }));
  }

  private static OptionalDouble present(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
