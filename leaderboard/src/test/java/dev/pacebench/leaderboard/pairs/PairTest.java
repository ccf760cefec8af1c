package dev.pacebench.leaderboard.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.stats.Resamples;
import dev.pacebench.leaderboard.stats.Sample;
import dev.pacebench.leaderboard.stats.TimeGrid;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairTest {

  private static final TimeGrid GRID = TimeGrid.of(1, 600);
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  private static Optional<Pair> pair(Sample a, Sample b) {
    int tasks = Math.max(1, a.tasks());
    return Pair.of(a, b, GRID, new Resamples(tasks, 500, Resamples.seed(a.taskKeys())));
  }

  private static Pair some(Sample a, Sample b) {
    return pair(a, b).orElseThrow();
  }

  @Test
  void turningTheTwoRoundTurnsEveryFigureRound() {
    Sample a = Made.drawn(40, 3, 0.2, 0.9, 60, 1);
    Sample b = Made.drawn(40, 2, 0.3, 1, 150, 2);
    Pair there = some(a, b);
    Pair back = some(b, a);
    assertThat(back.difference().mean()).isCloseTo(-there.difference().mean(), EXACT);
    turned(there.difference().interval(), back.difference().interval());
    assertThat(back.difference().p().getAsDouble())
        .isCloseTo(there.difference().p().getAsDouble(), EXACT);
    assertThat(back.difference().flipP()).isEqualTo(there.difference().flipP());
    assertThat(Pair.p(there.tasks())).isEqualTo(there.difference().decisiveP());
    assertThat(back.mcNemar().onlyA()).isEqualTo(there.mcNemar().onlyB());
    assertThat(back.mcNemar().p()).isEqualTo(there.mcNemar().p());
    for (int i = 0; i < there.gap().points().size(); i++) {
      BudgetGap.Point one = there.gap().points().get(i);
      BudgetGap.Point other = back.gap().points().get(i);
      assertThat(other.difference()).isCloseTo(-one.difference(), EXACT);
      turned(one.here(), other.here());
      turned(one.everywhere(), other.everywhere());
    }
    assertThat(back.gap().leads())
        .containsExactlyElementsOf(
            there.gap().leads().stream()
                .map(lead -> new BudgetGap.Lead(!lead.byA(), lead.from(), lead.to()))
                .toList());
    assertThat(back.gap().crossings())
        .containsExactlyElementsOf(
            there.gap().crossings().stream()
                .map(c -> new BudgetGap.Crossing(c.seconds(), !c.toA()))
                .toList());
    assertThat(back.timeRatio().orElseThrow().ratio())
        .isCloseTo(1 / there.timeRatio().orElseThrow().ratio(), EXACT);
    assertThat(there.equalAccuracy().levels()).isNotEmpty();
    assertThat(there.equalAccuracy().highestIdentified()).isPresent();
    for (int i = 0; i < there.equalAccuracy().levels().size(); i++) {
      EqualAccuracy.Level one = there.equalAccuracy().levels().get(i);
      EqualAccuracy.Level other = back.equalAccuracy().levels().get(i);
      assertThat(other.speedUp()).isCloseTo(1 / one.speedUp(), EXACT);
      assertThat(other.interval().isPresent()).isEqualTo(one.interval().isPresent());
      one.interval()
          .ifPresent(
              range -> {
                Range turned = other.interval().orElseThrow();
                assertThat(turned.lo()).isCloseTo(1 / range.hi(), EXACT);
                assertThat(turned.hi()).isCloseTo(1 / range.lo(), EXACT);
              });
    }
    assertThat(back.cascadeAThenB()).isEqualTo(there.cascadeBThenA());
    assertThat(back.restartsB()).isEqualTo(there.restartsA());
  }

  private static void turned(Optional<Range> one, Optional<Range> other) {
    assertThat(other.isPresent()).isEqualTo(one.isPresent());
    one.ifPresent(
        range -> {
          assertThat(other.orElseThrow().lo()).isCloseTo(-range.hi(), EXACT);
          assertThat(other.orElseThrow().hi()).isCloseTo(-range.lo(), EXACT);
        });
  }

  @Test
  void onlyTasksInCommonCountAndTheOthersAreSaid() {
    Made a = new Made(600).solved("both", 10).wrong("both", 10).solved("a-only", 1);
    Made b = new Made(600).wrong("both", 10).wrong("b-only", 1).wrong("b-too", 1);
    a.lost("gone").lost("both");
    b.solved("gone", 5);
    Pair pair = some(a.sample(), b.sample());
    assertThat(pair.tasks().keys()).containsExactly("both");
    assertThat(pair.tasks().onlyA()).isEqualTo(1);
    assertThat(pair.tasks().onlyB()).isEqualTo(2);
    assertThat(pair.tasks().lost()).isEqualTo(1);
    assertThat(pair.difference().mean()).isEqualTo(0.5);
    assertThat(pair(a.sample(), new Made(600).solved("else", 1).sample())).isEmpty();
    assertThat(pair(new Made(600).sample(), a.sample())).isEmpty();
  }

  @Test
  void belowTenTasksThereIsNoIntervalOfAnyKind() {
    Pair nine = some(Made.drawn(9, 5, 0, 1, 60, 1), Made.drawn(9, 5, 0.3, 1, 100, 2));
    assertThat(nine.difference().interval()).isEmpty();
    assertThat(nine.difference().p()).isEmpty();
    assertThat(nine.difference().detectable()).isEmpty();
    assertThat(nine.timeRatio().orElseThrow().interval()).isEmpty();
    assertThat(nine.equalAccuracy().highestIdentified()).isEmpty();
    assertThat(nine.gap().leads()).isEmpty();
    assertThat(nine.gap().points())
        .allSatisfy(p -> assertThat(p.here().or(p::everywhere)).isEmpty());
    Pair ten = some(Made.drawn(10, 5, 0, 1, 60, 1), Made.drawn(10, 5, 0.3, 1, 100, 2));
    assertThat(ten.difference().interval()).isPresent();
    assertThat(ten.gap().points()).allSatisfy(p -> assertThat(p.everywhere()).isPresent());
  }

  @Test
  void tasksThatAllSayTheSameDoNotMakeItCertain() {
    Made a = new Made(600);
    Made b = new Made(600);
    for (int t = 0; t < 20; t++) {
      a.solved(Made.name(t), 10);
      b.solved(Made.name(t), 10);
    }
    Pair equal = some(a.sample(), b.sample());
    assertThat(equal.difference().mean()).isZero();
    Range interval = equal.difference().interval().orElseThrow();
    assertThat(interval.lo()).isBetween(-0.2, -0.05);
    assertThat(interval.hi()).isEqualTo(-interval.lo());
    assertThat(equal.difference().method()).isEqualTo("bonett_price");
    assertThat(equal.difference().decisiveP()).isEqualTo(1);
    assertThat(Pair.p(equal.tasks())).isEqualTo(1);
    assertThat(equal.gap().leads()).isEmpty();
    assertThat(equal.timeRatio().orElseThrow().interval()).isEmpty();
  }

  @Test
  void aFastAndAnAccurateContenderCrossAndEachLeadsOnItsSide() {
    Made fast = new Made(600);
    Made sure = new Made(600);
    for (int t = 0; t < 60; t++) {
      if (t % 2 == 0) {
        fast.solved(Made.name(t), 10 + t / 10.0);
      } else {
        fast.wrong(Made.name(t), 10);
      }
      sure.solved(Made.name(t), 200 + t);
    }
    Pair pair = some(fast.sample(), sure.sample());
    assertThat(pair.gap().crossings()).hasSize(1);
    assertThat(pair.gap().crossings().get(0).toA()).isFalse();
    assertThat(pair.gap().crossings().get(0).seconds()).isBetween(225.0, 235.0);
    List<BudgetGap.Lead> leads = pair.gap().leads();
    assertThat(leads).hasSize(2);
    assertThat(leads.get(0).byA()).isTrue();
    assertThat(leads.get(0).from()).isBetween(9.0, 15.0);
    assertThat(leads.get(1).byA()).isFalse();
    assertThat(leads.get(1).to()).isEqualTo(600);
    EqualAccuracy.Level thirty = pair.equalAccuracy().levels().get(2);
    assertThat(thirty.speedUp()).isCloseTo(217.0 / 13.4, Offset.offset(0.5));
    assertThat(pair.equalAccuracy().common()).isCloseTo(0.5, EXACT);
    // The fast one gets to a half in half of the resamples only.
    EqualAccuracy.Level last =
        pair.equalAccuracy().levels().get(pair.equalAccuracy().levels().size() - 1);
    assertThat(last.accuracy()).isEqualTo(0.5);
    assertThat(last.interval()).isEmpty();
    Cascade cascade = pair.cascadeAThenB().orElseThrow();
    assertThat(cascade.solved()).isEqualTo(1);
    assertThat(cascade.speedUp()).isLessThan(cascade.ceiling());
    assertThat(cascade.ceiling()).isCloseTo(2, Offset.offset(0.02));
  }

  @Test
  void tasksOfOneRepositoryAreNotTakenForIndependent() {
    Made a = new Made(600);
    Made b = new Made(600);
    Made sharedA = new Made(600);
    Made sharedB = new Made(600);
    for (int t = 0; t < 60; t++) {
      int repository = t / 5;
      Sample.Kind first = repository % 3 == 0 ? Sample.Kind.WRONG : Sample.Kind.SOLVED;
      Sample.Kind second = repository % 4 == 0 ? Sample.Kind.SOLVED : Sample.Kind.WRONG;
      a.add(Made.name(t), first, 10);
      b.add(Made.name(t), second, 10);
      sharedA.add(Made.name(t), first, 10).repository(Made.name(t), "r" + repository);
      sharedB.add(Made.name(t), second, 10).repository(Made.name(t), "r" + repository);
    }
    Pair apart = some(a.sample(), b.sample());
    Pair shared = some(sharedA.sample(), sharedB.sample());
    assertThat(shared.tasks().clusters()).isEqualTo(12);
    assertThat(shared.difference().mean()).isCloseTo(apart.difference().mean(), EXACT);
    assertThat(width(shared)).isGreaterThan(1.8 * width(apart));
    assertThat(lastBand(shared)).isGreaterThan(1.5 * lastBand(apart));
    // Of too few repositories nothing can be told.
    for (int t = 0; t < 60; t++) {
      sharedA.repository(Made.name(t), "r" + t / 10);
      sharedB.repository(Made.name(t), "r" + t / 10);
    }
    assertThat(some(sharedA.sample(), sharedB.sample()).tasks().clusters()).isEqualTo(60);
  }

  private static double width(Pair pair) {
    return pair.difference().interval().orElseThrow().width();
  }

  private static double lastBand(Pair pair) {
    List<BudgetGap.Point> points = pair.gap().points();
    return points.get(points.size() - 1).here().orElseThrow().width();
  }

  @Test
  void timesThatCannotBeAreNotComputedWith() {
    Made a = new Made(600);
    Made b = new Made(600);
    for (int t = 0; t < 12; t++) {
      a.solved(Made.name(t), t == 0 ? Double.NaN : t == 1 ? -5 : t == 2 ? 0 : 1e300);
      b.solved(Made.name(t), 10 + t);
    }
    Pair pair = some(a.sample(), b.sample());
    assertThat(pair.difference().mean()).isZero();
    assertThat(pair.timeRatio().orElseThrow().tasks()).isEqualTo(9);
    assertThat(pair.equalAccuracy().levels())
        .allSatisfy(level -> assertThat(level.secondsA()).isFinite());
    List<BudgetGap.Point> points = pair.gap().points();
    assertThat(points.get(points.size() - 2).a()).isLessThan(0.2);
    assertThat(points.get(points.size() - 1).a()).isEqualTo(1);
  }

  @Test
  void chanceAloneSeldomMakesALeader() {
    int alarms = 0;
    int misses = 0;
    for (int i = 0; i < 100; i++) {
      Pair pair =
          some(Made.drawn(30, 1, 0.1, 0.9, 60, i), Made.drawn(30, 1, 0.1, 0.9, 60, i + 999));
      alarms += pair.gap().leads().isEmpty() ? 0 : 1;
      misses += pair.difference().interval().orElseThrow().excludes(0) ? 1 : 0;
    }
    // Binomial of 100 at 5 %: more than 13 comes in one of 2,000 times.
    assertThat(alarms).isLessThanOrEqualTo(13);
    assertThat(misses).isBetween(0, 13);
  }

  @Test
  void variancesThatWereDrawnAreFoundAgain() {
    Sample a = Made.drawn(3000, 4, 0, 1, 20, 5);
    Sample b = Made.drawn(3000, 4, 0.5, 0.5, 20, 6);
    Variances found = Variances.of(PairedTasks.of(a, b));
    // Chances spread evenly over 0 to 1 against a half: variance 1/12; p (1 - p) is 1/6 and 1/4.
    assertThat(found.between()).isCloseTo(1.0 / 12, Offset.offset(0.01));
    assertThat(found.within().getAsDouble()).isCloseTo(5.0 / 24, Offset.offset(0.01));
    Sample once = Made.drawn(50, 1, 0, 1, 20, 5);
    assertThat(Variances.of(PairedTasks.of(once, once)).within()).isEmpty();
  }

  @Test
  void attemptsHelpOnlyAgainstWhatAttemptsVaryBy() {
    Power power = new Power(0.05, 0.07);
    int attempts = power.attempts(0.1, 80).getAsInt();
    assertThat(power.detectable(80, attempts)).isLessThanOrEqualTo(0.1);
    assertThat(power.detectable(80, attempts - 1)).isGreaterThan(0.1);
    assertThat(power.attempts(0.05, 80)).isEmpty();
    assertThat(power.detectable(power.tasks(0.05, 3), 3)).isCloseTo(0.05, EXACT);
  }

  @Test
  void theBestCutoffIsAsGoodAsAnyThatIsTried() {
    Sample sample = Made.drawn(30, 3, 0.1, 0.9, 80, 3);
    PairedTasks tasks = PairedTasks.of(sample, sample);
    Restarts restarts = some(sample, sample).restartsA().orElseThrow();
    List<double[]> trials = new java.util.ArrayList<>();
    for (int t = 0; t < tasks.tasks(); t++) {
      Restarts.rateAndSeconds(sample, tasks.trialsA(t), trials);
    }
    Restarts.Cutoff best = restarts.cutoff().orElseThrow();
    assertThat(Restarts.withCutoff(trials, best.after())).isCloseTo(best.seconds(), EXACT);
    for (double[] trial : trials) {
      assertThat(Restarts.withCutoff(trials, trial[0]))
          .isGreaterThanOrEqualTo(best.seconds() - 1e-9);
    }
  }
}
