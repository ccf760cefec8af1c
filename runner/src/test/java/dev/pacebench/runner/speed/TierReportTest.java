package dev.pacebench.runner.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.speed.Claim.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Figures of made-up tiers against the truth that they were made from. */
class TierReportTest {

  private static final int REPLICATES = 400;
  private static final Made FLAGSHIP = new Made(0.15, 0.5, 0.00002, 0.0154, 0.1);

  private static TierReport report(Made made, int rounds, int failing, long seed) {
    return TierReport.of(
        Made.tier("t" + seed), made.samples(0, rounds, failing, seed), REPLICATES, seed);
  }

  @Test
  void theFitFindsWhatACallCostsBesideItsTokens() {
    TierReport report = report(FLAGSHIP, 5, 20, 1);

    // The first output token is part of the wait for it.
    double truth = 0.15 + 0.5 - 0.0154;
    assertThat(report.fit().get(FitFigure.OVERHEAD).value()).isCloseTo(truth, within(0.03));
    assertThat(report.fit().get(FitFigure.PER_OUTPUT).value()).isCloseTo(0.0154, within(0.0003));
    assertThat(report.fit().get(FitFigure.PER_INPUT).value()).isCloseTo(0.00002, within(0.000005));
  }

  @Test
  void theIntervalOfTheOverheadHoldsItInNineteenOfTwenty() {
    double truth = 0.15 + 0.5 - 0.0154;
    int held = 0;
    for (long seed = 1; seed <= 60; seed++) {
      List<List<Sample>> conversations =
          FLAGSHIP.samples(0, 3, 20, seed).stream()
              .filter(Sample::usable)
              .collect(Collectors.groupingBy(Sample::conversation))
              .values()
              .stream()
              .toList();
      Estimate overhead =
          Bootstrap.of(conversations, FitFigure.OVERHEAD.figure(), 200, seed).orElseThrow();
      held += overhead.contains(truth) ? 1 : 0;
    }

    assertThat(held).isBetween(52, 60);
  }

  @Test
  void timesComeFromTheCallsOwnStamps() {
    TierReport report = report(new Made(0.15, 0.5, 0, 0.01, 0), 2, 0, 1);

    Map<CallFigure, Spread> spreads = report.spreads();
    assertThat(spreads.get(CallFigure.CONNECT).p(0)).isCloseTo(0.03, within(1e-9));
    assertThat(spreads.get(CallFigure.ACCEPTED).p(0)).isCloseTo(0.15, within(1e-6));
    assertThat(spreads.get(CallFigure.FIRST_TOKEN).p(0)).isCloseTo(0.65, within(1e-6));
    assertThat(spreads.get(CallFigure.FIRST_ANSWER).p(0)).isCloseTo(0.65, within(1e-6));
    assertThat(spreads.get(CallFigure.DECODE).p(0)).isCloseTo(100, within(1e-3));
    // Answers of 16 tokens are too short for a pace of their own.
    assertThat(spreads.get(CallFigure.DECODE).count()).isEqualTo(24);
    assertThat(spreads.get(CallFigure.WHOLE).count()).isEqualTo(36);
    assertThat(spreads.get(CallFigure.WHOLE).quantiles())
        .extracting(Quantile::enough)
        .containsExactly(true, false, false);
    assertThat(report.firstTokenBySize().keySet()).containsExactly(200, 2000, 8000);
  }

  @Test
  void whatFailedIsCountedAndGivesNoFigure() {
    List<Sample> samples = new ArrayList<>(FLAGSHIP.samples(0, 2, 0, 1));
    Sample first = samples.get(0);
    samples.set(0, new Sample(first.step(), 1, Made.failed(first.call()), false));
    samples.set(
        1,
        new Sample(
            first.step(), 1, Made.record(first.call().times(), CallEnd.SILENT, 200, null), false));
    samples.set(2, new Sample(first.step(), 2, samples.get(2).call(), true));

    TierReport report = TierReport.of(Made.tier("t"), samples, REPLICATES, 1);

    assertThat(report.attempts()).isEqualTo(36);
    assertThat(report.failed())
        .containsExactlyInAnyOrderEntriesOf(Map.of("refused_429", 1, "silent", 1, "too_long", 1));
    assertThat(report.cutOff()).isEqualTo(2);
    assertThat(report.spreads().get(CallFigure.WHOLE).count()).isEqualTo(33);
  }

  @Test
  void reasoningThatIsNotSeenIsNoPartOfThePace() {
    long start = Made.START;
    CallTimes times =
        new CallTimes(
            start,
            start,
            null,
            null,
            start,
            start,
            start + 1,
            start + 2,
            start + 1_000_000_000L,
            start + 2_000_000_000L,
            start + 2_000_000_000L,
            start + 2_000_000_000L);
    CallRecord call =
        Made.record(times, CallEnd.COMPLETED, 200, new CallUsage(10, 0, 0, 1101, 1000));

    assertThat(CallFigure.DECODE.of(call).getAsDouble()).isCloseTo(100, within(1e-6));
    assertThat(CallFigure.EFFECTIVE.of(call).getAsDouble()).isCloseTo(550.5, within(1e-6));
  }

  @Test
  void trueSavingsAreFoundInTheirIntervals() {
    // 80 % less before the model, 50 % less to the first token, 30 % less per token.
    Made fast = new Made(0.03, 0.295, 0.00001, 0.0154 * 0.7, 0.1);

    List<Comparison> compared =
        Comparison.of(report(FLAGSHIP, 5, 0, 1), report(fast, 5, 0, 2), REPLICATES, 1);

    assertThat(verdict(compared, "accepted_seconds")).contains(Verdict.INSIDE);
    assertThat(verdict(compared, "first_token_seconds")).contains(Verdict.INSIDE);
    assertThat(verdict(compared, "per_output_token_seconds")).contains(Verdict.INSIDE);
    assertThat(verdict(compared, "overhead_seconds")).contains(Verdict.LESS_SAVED);
  }

  @Test
  void savingsThatAreNotTrueAreNotFound() {
    Made less = new Made(0.06, 0.4, 0.00002, 0.0154 * 0.9, 0.1);
    Made more = new Made(0.015, 0.1, 0.00001, 0.0154 * 0.1, 0.1);
    TierReport flagship = report(FLAGSHIP, 5, 0, 1);

    assertThat(Comparison.of(flagship, report(less, 5, 0, 2), REPLICATES, 1))
        .allSatisfy(c -> assertThat(c.verdict()).contains(Verdict.LESS_SAVED));
    assertThat(Comparison.of(flagship, report(more, 5, 0, 2), REPLICATES, 1))
        .filteredOn(c -> c.claim().isPresent())
        .allSatisfy(c -> assertThat(c.verdict()).contains(Verdict.MORE_SAVED));
  }

  private static Optional<Verdict> verdict(List<Comparison> comparisons, String figure) {
    return comparisons.stream()
        .filter(comparison -> comparison.figure().equals(figure))
        .findFirst()
        .flatMap(Comparison::verdict);
  }

  @Test
  void jsonHasTheFiguresUnroundedAndTextMarksWhatIsSimulated() {
    ProbePlan plan = new ProbePlan(1, 2, ProbePlan.PROMPTS, ProbePlan.ANSWERS, 1);
    SpeedReport report =
        SpeedReport.of(List.of(Made.tier("t")), plan, FLAGSHIP.samples(0, 2, 0, 3));

    Map<String, Object> document = SpeedJson.document(report, 0, List.of());
    List<List<String>> times = SpeedText.tables(report, 0).get(0).rows();

    assertThat(document).containsEntry("simulated", true).containsKeys("tiers", "comparisons");
    assertThat(times.get(1)).startsWith("t (simulated)", "sse", "36", "0");
    assertThat(times).allSatisfy(row -> assertThat(row).hasSameSizeAs(times.get(0)));
  }

  @Test
  void aCallWithoutUsageGivesNoFigure() {
    CallRecord call = FLAGSHIP.call(10, 10, new Random(1));

    assertThat(
            new Sample(
                    new ProbePlan.Step(0, 1, 1, 1),
                    1,
                    Made.record(call.times(), CallEnd.COMPLETED, 200, null),
                    false)
                .usable())
        .isFalse();
  }
}
