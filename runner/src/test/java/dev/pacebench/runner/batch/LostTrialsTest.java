package dev.pacebench.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.SamplePlans;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of tries that are lost, and of a run in which they are. */
class LostTrialsTest extends EvaluationFixture {

  @Test
  void aLostTryIsFollowedByAFurtherOneAndBothLeaveEvidence() throws Exception {
    Plan plan = SamplePlans.plan("r", 4, List.of("a"), 1, 2, 3);
    store.create(plan);
    List<String> lost = Collections.synchronizedList(new ArrayList<>());
    RunListener listener =
        new RunListener() {
          @Override
          public void onLostTry(int slot, PlannedTrial trial, int tryNumber, String cause) {
            lost.add(trial.id() + " " + tryNumber + " " + cause);
          }
        };
    FakeTrials trials =
        fake((trial, number) -> trial.id().equals("t1.a.1") && number == 1 ? "engine" : "");

    try (Evaluation evaluation = evaluation(plan, trials, listener)) {
      assertThat(evaluation.run().isComplete()).isTrue();
    }

    assertThat(lost).containsExactly("t1.a.1 1 engine");
    assertThat(evidence.tries(home, "r", "t1.a.1")).isEqualTo(2);
    assertThat(evidence.finalResult(home, "r", "t1.a.1"))
        .hasValueSatisfying(record -> assertThat(record.tries()).isEqualTo(2));
  }

  @Test
  void afterAllTriesATrialIsLostAndItsLastTrySaysSo() throws Exception {
    Plan plan = SamplePlans.plan("r", 3, List.of("a"), 1, 1, 2);
    store.create(plan);

    RunSummary summary =
        run(plan, fake((trial, number) -> trial.id().equals("t0.a.1") ? "engine" : ""));

    assertThat(summary.isComplete()).isTrue();
    assertThat(summary.lost()).isEqualTo(1);
    assertThat(summary.failure()).isEmpty();
    assertThat(evidence.finalResult(home, "r", "t0.a.1"))
        .hasValueSatisfying(
            record -> {
              assertThat(record.outcome()).isEqualTo(Outcome.LOST);
              assertThat(record.tries()).isEqualTo(2);
            });
  }

  @Test
  void reopenedLostTrialsRunAgainAndTheirOldEvidenceStays() throws Exception {
    Plan plan = SamplePlans.plan("r", 3, List.of("a"), 1, 1, 1);
    store.create(plan);
    run(plan, fake((trial, number) -> trial.id().equals("t0.a.1") ? "engine" : ""));

    assertThat(store.reopenLost("r")).isEqualTo(1);
    RunSummary summary = run(plan, fake((trial, number) -> ""));

    assertThat(summary.lost()).isZero();
    assertThat(summary.isComplete()).isTrue();
    assertThat(home.trial("r", "t0.a.1").resolve("try-1/result.json")).exists();
    assertThat(evidence.finalResult(home, "r", "t0.a.1")).map(TrialRecord::tries).contains(2);
  }

  @Test
  void aContenderLostThreeTimesForOneCauseIsSuspendedAndTheOthersGoOn() {
    Plan plan = SamplePlans.plan("r", 8, List.of("bad", "good"), 1, 1, 2);
    store.create(plan);
    List<String> suspended = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void onSuspended(String contender, String cause) {
            suspended.add(contender + " " + cause);
          }
        };
    FakeTrials.Script script =
        (trial, number) -> trial.contender().name().equals("bad") ? "provider_401" : "";

    RunSummary summary;
    try (Evaluation evaluation = evaluation(plan, fake(script), listener)) {
      summary = evaluation.run();
    }

    assertThat(suspended).containsExactly("bad provider_401");
    assertThat(summary.suspended()).isEqualTo(Map.of("bad", "provider_401"));
    assertThat(summary.done()).isEqualTo(11);
    assertThat(summary.lost()).isEqualTo(3);
    assertThat(summary.failure()).isEmpty();
    assertThat(in(RowState.PENDING)).hasSize(5).allMatch(row -> row.contender().equals("bad"));
    assertThat(store.run("r").map(RunRow::state)).contains(RunState.FAILED);

    RunSummary resumed = run(plan, fake((trial, number) -> ""));
    assertThat(resumed.isComplete()).isTrue();
    assertThat(resumed.suspended()).isEmpty();
  }

  @Test
  void differentCausesOrAGoodTrialBetweenDoNotSuspend() {
    Plan plan = SamplePlans.plan("r", 9, List.of("a"), 1, 1, 1);
    store.create(plan);
    List<String> causes = List.of("x", "x", "", "x", "x", "y", "x", "y", "");
    AtomicInteger next = new AtomicInteger();

    RunSummary summary = run(plan, fake((trial, number) -> causes.get(next.getAndIncrement())));

    assertThat(summary.suspended()).isEmpty();
    assertThat(summary.done()).isEqualTo(9);
    assertThat(summary.lost()).isEqualTo(7);
  }

  @Test
  void anEngineThatIsGoneEndsTheRunResumably() {
    Plan plan = SamplePlans.plan("r", 6, List.of("a"), 1, 2, 3);
    store.create(plan);
    AtomicInteger begun = new AtomicInteger();

    RunSummary summary =
        run(
            plan,
            fake((trial, number) -> begun.incrementAndGet() > 2 ? FakeTrials.ENGINE_GONE : ""));

    assertThat(summary.failure()).contains("lost on purpose");
    assertThat(summary.lost()).isZero();
    assertThat(summary.stopped()).isFalse();
    assertThat(in(RowState.CLAIMED)).isEmpty();
    assertThat(store.run("r").map(RunRow::state)).contains(RunState.FAILED);
    assertThat(run(plan, fake((trial, number) -> "")).isComplete()).isTrue();
  }

  @Test
  void aFaultOfTheRunnerItselfIsALostTryWithItsStackTraceAsEvidence() throws Exception {
    Plan plan = SamplePlans.plan("r", 1, List.of("a"), 1, 1, 2);
    store.create(plan);

    RunSummary summary =
        run(
            plan,
            (trial, number, watcher) -> {
              throw new IllegalStateException("a bug");
            });

    assertThat(summary.lost()).isEqualTo(1);
    TrialRecord record = store.results(List.of("r")).get(0);
    assertThat(record.reason()).contains("a bug");
    assertThat(record.tries()).isEqualTo(2);
    assertThat(Files.readString(home.root().resolve(record.evidence()).resolve("exception.txt")))
        .contains("IllegalStateException: a bug")
        .contains("LostTrialsTest");
  }

  @Test
  void aFaultAfterTheCommitKeepsTheCommittedResult() {
    Plan plan = SamplePlans.plan("r", 1, List.of("a"), 1, 1, 2);
    store.create(plan);
    FakeTrials trials = fake((trial, number) -> "");

    RunSummary summary =
        run(
            plan,
            (trial, number, watcher) -> {
              trials.run(trial, number, watcher);
              throw new IllegalStateException("a bug");
            });

    assertThat(summary.lost()).isZero();
    assertThat(store.results(List.of("r"))).hasSize(1).allMatch(TrialRecord::solved);
  }

  @Test
  void anUnavailableProviderEndsTheRunWithItsRemedy() {
    Plan plan = SamplePlans.plan("r", 4, List.of("a"), 1, 2, 2);
    store.create(plan);

    RunSummary summary =
        run(
            plan,
            (trial, number, watcher) -> {
              throw new InfrastructureError("no engine answers", "start it");
            });

    assertThat(summary.failure()).isEqualTo("no engine answers; start it");
    assertThat(in(RowState.PENDING)).hasSize(4);
  }
}
