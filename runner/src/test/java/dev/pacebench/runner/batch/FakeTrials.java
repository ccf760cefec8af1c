package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.SamplePlans;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.trial.LostTryException;
import dev.pacebench.runner.trial.TrialRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A trial runner that writes real evidence of work that it does not do. */
final class FakeTrials implements TrialRunner {

  /** Decides a try: null or empty solves it, any other word loses it for that cause. */
  @FunctionalInterface
  interface Script {
    String cause(PlannedTrial trial, int tryNumber) throws InterruptedException;
  }

  static final String ENGINE_GONE = "engine_gone";

  final Map<String, AtomicInteger> committed = new ConcurrentHashMap<>();
  private final Home home;
  private final EvidenceStore evidence;
  private final Script script;

  FakeTrials(Home home, EvidenceStore evidence, Script script) {
    this.home = home;
    this.evidence = evidence;
    this.script = script;
  }

  @Override
  public TrialRecord run(PlannedTrial trial, int tryNumber, TrialWatcher watcher)
      throws LostTryException, InterruptedException {
    try (EvidenceStore.Draft draft = evidence.begin(home, trial, tryNumber)) {
      String cause = script.cause(trial, tryNumber);
      boolean lost = cause != null && !cause.isEmpty();
      TrialRecord record =
          SamplePlans.record(trial, tryNumber, lost ? Outcome.LOST : Outcome.SOLVED);
      draft.commit(record, Map.of());
      if (lost) {
        throw new LostTryException(
            "lost on purpose", cause, cause.equals(ENGINE_GONE), record, null);
      }
      committed.computeIfAbsent(trial.id(), id -> new AtomicInteger()).incrementAndGet();
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
