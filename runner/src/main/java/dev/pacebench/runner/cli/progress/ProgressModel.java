package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.batch.RunListener;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what a run reports; safe for use by several threads. */
public final class ProgressModel implements RunListener {

  private record Busy(PlannedTrial trial, int tryNumber, long since, TrialState state) {}

  private final String runId;
  private final Ticker ticker;
  private final Map<Integer, Busy> busy = new TreeMap<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private long startedAt;
  private int total;
  private int doneBefore;
  private int doneNow;

  public ProgressModel(String runId, Ticker ticker) {
    this.runId = runId;
    this.ticker = ticker;
    this.startedAt = ticker.nanos();
  }

  @Override
  public synchronized void onStart(int total, int done, int slots) {
    this.total = total;
    this.doneBefore = done;
    this.doneNow = 0;
    this.startedAt = ticker.nanos();
  }

  @Override
  public synchronized void onTrialStart(int slot, PlannedTrial trial, int tryNumber) {
    busy.put(slot, new Busy(trial, tryNumber, ticker.nanos(), TrialState.ENV_BUILD));
  }

  @Override
  public synchronized void onState(int slot, PlannedTrial trial, TrialState state) {
    busy.computeIfPresent(
        slot, (number, old) -> new Busy(old.trial, old.tryNumber, old.since, state));
  }

  @Override
  public synchronized void onResult(int slot, TrialRecord result) {
    busy.remove(slot);
    doneNow++;
    outcomes.merge(result.outcome(), 1, Integer::sum);
  }

  @Override
  public synchronized void onLostTry(int slot, PlannedTrial trial, int tryNumber, String cause) {
    busy.remove(slot);
  }

  /** How far the run is now. */
  public synchronized Progress now() {
    long now = ticker.nanos();
    List<Progress.Slot> slots = new ArrayList<>();
    busy.forEach(
        (number, one) ->
            slots.add(
                new Progress.Slot(
                    number,
                    one.trial.task().name(),
                    one.trial.contender().name(),
                    one.tryNumber,
                    words(one.state),
                    Duration.ofNanos(now - one.since))));
    Duration elapsed = Duration.ofNanos(now - startedAt);
    return new Progress(
        runId, total, doneBefore + doneNow, outcomes, slots, elapsed, left(elapsed));
  }

  private Optional<Duration> left(Duration elapsed) {
    int remaining = total - doneBefore - doneNow;
    // One trial says little of the next; two at least differ.
    return doneNow < 2 || remaining <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(elapsed.toNanos() / doneNow * remaining));
  }

  private static String words(TrialState state) {
    return switch (state) {
      case ENV_BUILD -> "image";
      case SANDBOX_START -> "sandbox";
      case HEALTHCHECK -> "health check";
      case AGENT_SETUP -> "agent setup";
      case FREEZE -> "freeze";
      case VERIFY -> "verify";
      case COLLECT -> "collect";
      case TEARDOWN -> "tear down";
      case TOOL_EXEC -> "agent: command";
      case WAIT_FIRST, REASONING_STREAM, ANSWER_STREAM -> "agent: model";
      case BACKOFF, RATELIMIT_WAIT, LIMITER_WAIT -> "agent: waits";
      default -> "agent";
    };
  }
}
