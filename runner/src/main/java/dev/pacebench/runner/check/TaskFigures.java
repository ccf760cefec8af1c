package dev.pacebench.runner.check;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.timeline.TrialState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What trials of a task took and came to.
 *
 * @param reference how often its reference solution passed
 * @param nothing how often doing nothing passed
 * @param buildSeconds of its images, once
 * @param setUpSeconds from the sandbox's start to the agent's, median of all trials
 * @param verifySeconds of verification, median of all trials
 * @param slowestVerifySeconds the longest verification
 * @param referenceSeconds the longest agent phase of the reference solution; absent without one
 */
public record TaskFigures(
    Passes reference,
    Passes nothing,
    double buildSeconds,
    double setUpSeconds,
    double verifySeconds,
    double slowestVerifySeconds,
    Optional<Double> referenceSeconds) {

  private static final List<TrialState> SET_UP =
      List.of(TrialState.SANDBOX_START, TrialState.HEALTHCHECK, TrialState.AGENT_SETUP);
  private static final List<TrialState> VERIFY =
      List.of(TrialState.FREEZE, TrialState.VERIFY, TrialState.COLLECT);

  static TaskFigures of(List<TrialRecord> reference, List<TrialRecord> nothing, double build) {
    List<TrialRecord> all = Stream.concat(reference.stream(), nothing.stream()).toList();
    List<Double> verify = all.stream().map(one -> sum(one, VERIFY)).sorted().toList();
    return new TaskFigures(
        Passes.of(reference),
        Passes.of(nothing),
        build,
        median(all.stream().map(one -> sum(one, SET_UP)).sorted().toList()),
        median(verify),
        verify.isEmpty() ? 0 : verify.get(verify.size() - 1),
        reference.stream()
            .flatMap(one -> Optional.ofNullable(one.agentSeconds()).stream())
            .max(Comparator.naturalOrder()));
  }

  /** What a trial of the task costs whoever works on it. */
  public double agentFreeSeconds() {
    return setUpSeconds + verifySeconds;
  }

  /** A limit that leaves a slow but able agent room: ten times the reference, in whole minutes. */
  public Optional<Duration> suggestedLimit() {
    return referenceSeconds.map(
        seconds -> Duration.ofMinutes(Math.max(1, (long) Math.ceil(seconds * 10 / 60))));
  }

  /** Ten times the slowest verification, in whole half minutes. */
  public Duration suggestedVerifierLimit() {
    return Duration.ofSeconds(30 * Math.max(1, (long) Math.ceil(slowestVerifySeconds * 10 / 30)));
  }

  private static double sum(TrialRecord trial, List<TrialState> states) {
    return states.stream()
        .mapToDouble(state -> trial.timeline().getOrDefault(state.word(), 0.0))
        .sum();
  }

  private static double median(List<Double> sorted) {
    int size = sorted.size();
    if (size == 0) {
      return 0;
    }
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
