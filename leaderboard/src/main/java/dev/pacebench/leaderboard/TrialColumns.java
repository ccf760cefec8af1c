package dev.pacebench.leaderboard;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trials as columns, finished ones and planned ones: a million of them can be read one by one and
 * dropped, at about 200 bytes each.
 *
 * <p>Rows may be added in any order and more than once; {@link Cells} brings them into order.
 */
public final class TrialColumns {

  /** Beyond its limit by more than this, a time cannot be true: the hard outer limit. */
  private static final double OUTER_SECONDS = 120;

  private static final double LONGEST_SECONDS = 1e8;
  private static final TrialFigure[] FIGURES = TrialFigure.values();
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final byte PENDING = -1;

  /** Who a row is about; the name tells apart contenders that differ in nothing else. */
  record Who(String name, String digest) {
    static final Comparator<Who> ORDER = Comparator.comparing(Who::name).thenComparing(Who::digest);
  }

  /** A task of a set. */
  record What(String set, String task, String digest) {
    static final Comparator<What> ORDER =
        Comparator.comparing(What::set).thenComparing(What::task).thenComparing(What::digest);
  }

  /** What surrounded a trial: pooled by the digest alone, the rest says what differs. */
  record Around(String digest, Map<String, String> conditions) {}

  final Dictionary<String> runs = new Dictionary<>();
  final Dictionary<What> whats = new Dictionary<>();
  final Dictionary<Who> whos = new Dictionary<>();
  final Dictionary<Integer> attempts = new Dictionary<>();
  final Dictionary<Around> arounds = new Dictionary<>();
  final Dictionary<List<String>> flagSets = new Dictionary<>();
  final Dictionary<Map<String, String>> labelSets = new Dictionary<>();
  final Dictionary<String> modes = new Dictionary<>();

  private int size;
  private int[] run = new int[16];
  private int[] what = new int[16];
  private int[] who = new int[16];
  private int[] attempt = new int[16];
  private int[] around = new int[16];
  private int[] flagSet = new int[16];
  private int[] labelSet = new int[16];
  private int[] mode = new int[16];
  private byte[] outcome = new byte[16];
  private boolean[] simulated = new boolean[16];
  private double[] seconds = new double[16];
  private double[] limit = new double[16];
  private long[] started = new long[16];
  private final double[][] figures = new double[FIGURES.length][16];

  /** Adds a finished trial. */
  public void add(TrialRecord trial) {
    int i = next();
    run[i] = runs.number(trial.run());
    what[i] = whats.number(new What(trial.taskSet(), trial.task(), orEmpty(trial.taskDigest())));
    who[i] = whos.number(new Who(trial.contender(), orEmpty(trial.contenderDigest())));
    attempt[i] = attempts.number(trial.attempt());
    around[i] = arounds.number(new Around(orEmpty(trial.conditionsDigest()), trial.conditions()));
    flagSet[i] = flagSets.number(trial.flags());
    labelSet[i] = labelSets.number(trial.labels());
    String verification = trial.verification();
    mode[i] = verification == null ? -1 : modes.number(verification);
    outcome[i] = (byte) trial.outcome().ordinal();
    simulated[i] = trial.simulated();
    limit[i] = limit(trial);
    seconds[i] = seconds(trial.agentSeconds(), limit[i]);
    // Of two results for one trial the earlier counts; an overflow would only choose the other.
    started[i] =
        trial.startedAt() == null
            ? Long.MAX_VALUE
            : trial.startedAt().getEpochSecond() * 1_000_000_000 + trial.startedAt().getNano();
    for (int f = 0; f < FIGURES.length; f++) {
      figures[f][i] = FIGURES[f].of(trial);
    }
  }

  /** Adds a trial that a run planned; it may have a result too, before or after. */
  public void plan(PlannedCell cell) {
    int i = next();
    run[i] = runs.number(cell.run());
    what[i] = whats.number(new What(cell.taskSet(), cell.task(), cell.taskDigest()));
    who[i] = whos.number(new Who(cell.contender(), cell.contenderDigest()));
    attempt[i] = attempts.number(cell.attempt());
    outcome[i] = PENDING;
  }

  /** Rows added so far. */
  public int size() {
    return size;
  }

  private int next() {
    if (size == run.length) {
      int longer = Math.multiplyExact(size, 2);
      run = Arrays.copyOf(run, longer);
      what = Arrays.copyOf(what, longer);
      who = Arrays.copyOf(who, longer);
      attempt = Arrays.copyOf(attempt, longer);
      around = Arrays.copyOf(around, longer);
      flagSet = Arrays.copyOf(flagSet, longer);
      labelSet = Arrays.copyOf(labelSet, longer);
      mode = Arrays.copyOf(mode, longer);
      outcome = Arrays.copyOf(outcome, longer);
      simulated = Arrays.copyOf(simulated, longer);
      seconds = Arrays.copyOf(seconds, longer);
      limit = Arrays.copyOf(limit, longer);
      started = Arrays.copyOf(started, longer);
      for (int f = 0; f < FIGURES.length; f++) {
        figures[f] = Arrays.copyOf(figures[f], longer);
      }
    }
    return size++;
  }

  /** Steps have the limit each; NaN where there is no such limit. */
  private static double limit(TrialRecord trial) {
    double steps = trial.figures().getOrDefault("steps", 1.0);
    double limit = trial.limitSeconds() * (steps > 1 && steps < 1e4 ? steps : 1);
    return limit > 0 && limit <= LONGEST_SECONDS ? limit : Double.NaN;
  }

  /** NaN where it is absent or cannot be true. */
  private static double seconds(@Nullable Double seconds, double limit) {
    double most = Double.isNaN(limit) ? LONGEST_SECONDS : limit + OUTER_SECONDS;
    return seconds != null && seconds >= 0 && seconds <= most ? seconds : Double.NaN;
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  int run(int i) {
    return run[i];
  }

  int what(int i) {
    return what[i];
  }

  int who(int i) {
    return who[i];
  }

  int attempt(int i) {
    return attempt[i];
  }

  boolean done(int i) {
    return outcome[i] != PENDING;
  }

  /** Only of what is done, as all below. */
  Outcome outcome(int i) {
    return OUTCOMES[outcome[i]];
  }

  Around around(int i) {
    return arounds.value(around[i]);
  }

  int flagSet(int i) {
    return flagSet[i];
  }

  Map<String, String> labels(int i) {
    return labelSets.value(labelSet[i]);
  }

  /** -1 for none. */
  int mode(int i) {
    return mode[i];
  }

  boolean simulated(int i) {
    return simulated[i];
  }

  double seconds(int i) {
    return seconds[i];
  }

  double limit(int i) {
    return limit[i];
  }

  double figure(TrialFigure figure, int i) {
    return figures[figure.ordinal()][i];
  }

  /** Empty where nobody said it, or where it is beyond what nanoseconds can count. */
  Optional<Instant> started(int i) {
    return started[i] == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochSecond(
                Math.floorDiv(started[i], 1_000_000_000L),
                Math.floorMod(started[i], 1_000_000_000L)));
  }

  /**
   * Which of two entries for one trial counts: a result, the earlier one; negative for the first.
   */
  int preferred(int i, int j) {
    if (done(i) != done(j)) {
      return done(i) ? -1 : 1;
    }
    if (!done(i)) {
      return 0;
    }
    int order = Long.compare(started[i], started[j]);
    order = order != 0 ? order : Byte.compare(outcome[i], outcome[j]);
    order = order != 0 ? order : Double.compare(seconds[i], seconds[j]);
    for (int f = 0; f < FIGURES.length && order == 0; f++) {
      order = Double.compare(figures[f][i], figures[f][j]);
    }
    return order;
  }
}
