package dev.pacebench.leaderboard.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What must hold of any data, tried on random data with known seeds. */
class IdentitiesTest {

  private static final int TIMES = 60;
  private static final double LIMIT = 600;

  @RepeatedTest(TIMES)
  void parOneIsTheLimitLessTheAreaUnderAccuracy(RepetitionInfo info) {
    Sample sample = sample(info, true);
    if (ClusteredAccuracy.of(sample).trials() == 0) {
      return;
    }
    // Times are whole seconds, so a grid of whole seconds gives the integral exactly.
    TimeGrid grid =
        TimeGrid.of(1, LIMIT).with(DoubleStream.iterate(1, t -> t + 1).limit(600).toArray());
    double[] shares = new SolvedBy(sample, grid).shares();
    double integral = 0;
    for (int i = 1; i < grid.size(); i++) {
      integral += shares[i - 1] * (grid.at(i) - grid.at(i - 1));
    }
    double par1 = Par.of(sample, 1).getAsDouble();
    double end = shares[grid.size() - 1];
    assertThat(par1).isCloseTo(LIMIT - integral, within(1e-9));
    assertThat(Par.of(sample, 2).getAsDouble()).isCloseTo(par1 + LIMIT * (1 - end), within(1e-9));
    assertThat(Par.of(sample, 10).getAsDouble())
        .isCloseTo(par1 + 9 * LIMIT * (1 - end), within(1e-9));
    assertThat(end).isEqualTo(ClusteredAccuracy.of(sample).mean());
    for (int i = 1; i < shares.length; i++) {
      assertThat(shares[i]).isGreaterThanOrEqualTo(shares[i - 1]);
    }
  }

  @RepeatedTest(TIMES)
  void withoutLostTrialsCountingIsAalenJohansen(RepetitionInfo info) {
    Sample sample = sample(info, false);
    TimeGrid grid = TimeGrid.of(1, LIMIT);
    double[] counted = new SolvedBy(sample, grid).shares();
    double[] estimated = AalenJohansen.of(sample, grid);
    for (int i = 0; i < grid.size(); i++) {
      assertThat(estimated[i]).isCloseTo(counted[i], within(1e-12));
    }
  }

  @RepeatedTest(TIMES)
  void lostTrialsMoveAalenJohansenBetweenCountingThemAsFailedAndAsSolved(RepetitionInfo info) {
    Sample sample = sample(info, true);
    TimeGrid grid = TimeGrid.of(1, LIMIT);
    double last = AalenJohansen.of(sample, grid)[grid.size() - 1];
    double solved = Samples.count(sample, Sample.Kind.SOLVED);
    double lost = Samples.count(sample, Sample.Kind.LOST);
    assertThat(last)
        .isBetween(solved / sample.trials() - 1e-12, (solved + lost) / sample.trials() + 1e-12);
  }

  @RepeatedTest(TIMES)
  void passAtOneIsTheMeanOfTheTasksAndBothFormsAreMonotone(RepetitionInfo info) {
    Sample sample = sample(info, false);
    double mean = 0;
    for (int t = 0; t < sample.tasks(); t++) {
      mean += (double) sample.solvedOf(t) / sample.counted(t) / sample.tasks();
    }
    assertThat(PassAtK.meanAtLeastOne(sample, 1).getAsDouble()).isCloseTo(mean, within(1e-12));
    assertThat(PassAtK.meanAll(sample, 1).getAsDouble()).isCloseTo(mean, within(1e-12));
    for (int k = 2; k <= PassAtK.largest(sample); k++) {
      assertThat(PassAtK.meanAtLeastOne(sample, k).getAsDouble())
          .isGreaterThanOrEqualTo(PassAtK.meanAtLeastOne(sample, k - 1).getAsDouble());
      assertThat(PassAtK.meanAll(sample, k).getAsDouble())
          .isLessThanOrEqualTo(PassAtK.meanAll(sample, k - 1).getAsDouble());
    }
    assertThat(PassAtK.meanAll(sample, PassAtK.largest(sample) + 1)).isEmpty();
  }

  @RepeatedTest(TIMES)
  void tasksWeightedOnceInAllReplicatesAreTheFigureItself(RepetitionInfo info) {
    Sample sample = sample(info, true);
    SolvedBy solvedBy = new SolvedBy(sample, TimeGrid.of(1, LIMIT));
    int[] twice = new int[sample.tasks()];
    Arrays.fill(twice, 2);
    double[] shares = new double[solvedBy.columns()];
    solvedBy.shares(twice, new int[solvedBy.columns()], shares, 0, 1);
    assertThat(shares).containsExactly(solvedBy.shares());
  }

  @RepeatedTest(TIMES)
  void extremesAreThoseOfTheSortedValues(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    double[] values = random.doubles(1 + random.nextInt(200)).toArray();
    for (int i = 0; i < values.length; i += 3) {
      values[i] = Math.round(values[i] * 4) / 4.0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int k = 1 + random.nextInt(values.length);
    assertThat(Extremes.smallest(values, 0, values.length, k)).isEqualTo(sorted[k - 1]);
    assertThat(Extremes.largest(values, 0, values.length, k)).isEqualTo(sorted[sorted.length - k]);
  }

  @RepeatedTest(TIMES)
  void oneAttemptPerTaskIsAsSureAsIndependentTrials(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    int tasks = 2 + random.nextInt(50);
    String[] words = new String[tasks];
    Arrays.setAll(words, t -> random.nextInt(3) == 0 ? "1" : "0");
    ClusteredAccuracy accuracy = ClusteredAccuracy.of(Samples.ofMatrix(words));
    double p = accuracy.mean();
    assertThat(accuracy.standardError())
        .isCloseTo(Math.sqrt(p * (1 - p) / (tasks - 1)), within(1e-12));
    assertThat(accuracy.effectiveTrials()).isCloseTo(tasks, within(1e-6));
  }

  @RepeatedTest(TIMES)
  void theFrontierIsWhatNoOtherPointBeats(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    int n = 1 + random.nextInt(12);
    double[] seconds = new double[n];
    double[] accuracy = new double[n];
    Arrays.setAll(seconds, i -> random.nextInt(5));
    Arrays.setAll(accuracy, i -> random.nextInt(5) / 4.0);
    boolean[] on = Frontier.of(seconds, accuracy);
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (on[i]) {
        members.add(i);
      }
    }
    assertThat(members).isNotEmpty();
    for (int i : members) {
      for (int j : members) {
        // On a frontier more time buys more accuracy, or the points are equal.
        assertThat(Integer.signum(Double.compare(seconds[i], seconds[j])))
            .isEqualTo(Integer.signum(Double.compare(accuracy[i], accuracy[j])));
      }
    }
  }

  private static Sample sample(RepetitionInfo info, boolean lost) {
    return Samples.random(new SplittableRandom(info.getCurrentRepetition()), LIMIT, lost);
  }
}
