package dev.pacebench.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.SamplePlans;
import dev.pacebench.runner.store.TestDatabase;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.runner.trial.TrialRunner;
import dev.pacebench.sandbox.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvaluationTest {

  private static final RetryPauses QUICK =
      new RetryPauses(Duration.ofMillis(1), Duration.ofMillis(2));

  private final Owner self = Owner.self();
  private final FolderEvidence evidence = new FolderEvidence();
  @TempDir private Path folder;
  private Home home;
  private Database database;
  private RunStore store;

  @BeforeEach
  void open() throws SQLException {
    home = new Home(folder.resolve("home"));
    database = TestDatabase.open(home);
    store = new RunStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Evaluation evaluation(Plan plan, TrialRunner trials, RunListener listener) {
    return new Evaluation(home, plan, store, evidence, trials, self, listener, QUICK);
  }

  private RunSummary run(Plan plan, TrialRunner trials) {
    try (Evaluation evaluation = evaluation(plan, trials, new RunListener() {})) {
      return evaluation.run();
    }
  }

  private FakeTrials fake(FakeTrials.Script script) {
    return new FakeTrials(home, evidence, script);
  }

  private List<TrialRow> in(RowState state) {
    return store.trials("r").stream().filter(row -> row.state() == state).toList();
  }

  @Test
  void runsEachTrialExactlyOnceOnSeveralSlots() {
    Plan plan = SamplePlans.plan("r", 25, List.of("a", "b"), 4, 4, 3);
    store.create(plan);
    List<Integer> slots = Collections.synchronizedList(new ArrayList<>());
    List<TrialRecord> seen = Collections.synchronizedList(new ArrayList<>());
    RunListener listener =
        new RunListener() {
          @Override
          public void onResult(int slot, TrialRecord result) {
            slots.add(slot);
            seen.add(result);
          }
        };
    FakeTrials trials =
        fake(
            (trial, number) -> {
              Thread.sleep(1);
              return "";
            });

    RunSummary summary;
    try (Evaluation evaluation = evaluation(plan, trials, listener)) {
      summary = evaluation.run();
    }

    assertThat(summary).isEqualTo(new RunSummary("r", 200, 200, 0, false, Map.of(), ""));
    assertThat(trials.committed).hasSize(200);
    assertThat(trials.committed.values()).allMatch(count -> count.get() == 1);
    assertThat(seen).hasSize(200);
    assertThat(slots).containsOnly(0, 1, 2, 3);
    assertThat(store.results(List.of("r"))).hasSize(200).allMatch(TrialRecord::solved);
    assertThat(store.run("r").map(RunRow::state)).contains(RunState.DONE);
  }

  @Test
  void startsTrialsInThePlansOrder() {
    Plan plan = SamplePlans.plan("r", 6, List.of("a"), 2, 1, 3);
    store.create(plan);
    List<String> order = new ArrayList<>();

    run(
        plan,
        fake(
            (trial, number) -> {
              order.add(trial.id());
              return "";
            }));

    assertThat(order)
        .containsExactlyElementsOf(plan.trials().stream().map(PlannedTrial::id).toList());
  }

  @Test
  void stopPutsRunningTrialsBackAtOnceAndAnotherExecutionGoesOn() throws Exception {
    Plan plan = SamplePlans.plan("r", 10, List.of("a"), 1, 3, 3);
    store.create(plan);
    CountDownLatch hanging = new CountDownLatch(3);
    AtomicInteger begun = new AtomicInteger();
    FakeTrials stuck =
        fake(
            (trial, number) -> {
              if (begun.incrementAndGet() > 2) {
                hanging.countDown();
                Thread.sleep(60_000);
              }
              return "";
            });
    RunSummary stopped;
    long stopNanos;
    try (Evaluation evaluation = evaluation(plan, stuck, new RunListener() {})) {
      CompletableFuture<RunSummary> running = CompletableFuture.supplyAsync(evaluation::run);
      assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();
      evaluation.stop();
      stopped = running.get(20, TimeUnit.SECONDS);
      stopNanos = System.nanoTime() - start;
    }

    assertThat(stopped.stopped()).isTrue();
    assertThat(stopped.done()).isEqualTo(2);
    assertThat(Duration.ofNanos(stopNanos)).isLessThan(Duration.ofSeconds(5));
    assertThat(in(RowState.CLAIMED)).isEmpty();
    assertThat(in(RowState.PENDING)).hasSize(8);
    assertThat(store.run("r").map(RunRow::state)).contains(RunState.STOPPED);

    FakeTrials rest = fake((trial, number) -> "");
    RunSummary resumed = run(plan, rest);
    assertThat(resumed.isComplete()).isTrue();
    assertThat(rest.committed).hasSize(8);
  }

  @Test
  void stopBeforeTheStartRunsNoTrial() {
    Plan plan = SamplePlans.plan("r", 3, List.of("a"), 1, 2, 3);
    store.create(plan);
    FakeTrials trials = fake((trial, number) -> "");
    try (Evaluation evaluation = evaluation(plan, trials, new RunListener() {})) {
      evaluation.stop();
      assertThat(evaluation.run().stopped()).isTrue();
    }
    assertThat(trials.committed).isEmpty();
  }

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
        .contains("EvaluationTest");
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

  @Test
  void evidenceCompleteBeforeItsRowIsAdoptedAndDraftsAreRemoved() throws Exception {
    Plan plan = SamplePlans.plan("r", 3, List.of("a"), 1, 1, 2);
    store.create(plan);
    store.state("r", RunState.RUNNING, "", self);
    FakeTrials before = fake((trial, number) -> "");
    before.run(plan.trials().get(1), 1, state -> {});
    var draft = evidence.begin(home, plan.trials().get(2), 1);

    FakeTrials after = fake((trial, number) -> "");
    assertThat(run(plan, after).isComplete()).isTrue();

    assertThat(after.committed).containsOnlyKeys("t0.a.1", "t2.a.1");
    assertThat(draft.folder()).doesNotExist();
  }

  @Test
  void aResumeOfAChangedTaskIsRefused() {
    Plan plan = SamplePlans.plan("r", 2, List.of("a"), 1, 1, 2);
    store.create(plan);
    store.state("r", RunState.STOPPED, "", self);
    Plan smaller = SamplePlans.plan("r", 1, List.of("a"), 1, 1, 2);

    assertThatThrownBy(() -> run(smaller, fake((trial, number) -> "")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("t1.a.1");
    assertThat(in(RowState.PENDING)).hasSize(2);
  }

  @Test
  void aFinishedRunCanBeResumedAndDoesNothing() {
    Plan plan = SamplePlans.plan("r", 2, List.of("a"), 1, 1, 2);
    store.create(plan);
    run(plan, fake((trial, number) -> ""));
    FakeTrials again = fake((trial, number) -> "");

    assertThat(run(plan, again).isComplete()).isTrue();
    assertThat(again.committed).isEmpty();
  }

  @Test
  void moreAttemptsAreAddedToARunThatExists() {
    store.create(SamplePlans.plan("r", 2, List.of("a"), 1, 1, 2));
    run(SamplePlans.plan("r", 2, List.of("a"), 1, 1, 2), fake((trial, number) -> ""));

    RunSummary summary =
        run(SamplePlans.plan("r", 2, List.of("a"), 3, 1, 2), fake((trial, number) -> ""));

    assertThat(summary.planned()).isEqualTo(6);
    assertThat(summary.isComplete()).isTrue();
  }

  @Test
  void twoEvaluationsOfTwoRunsLiveInOneProcess() throws Exception {
    Plan one = SamplePlans.plan("r", 20, List.of("a"), 1, 2, 2);
    Plan two = SamplePlans.plan("s", 20, List.of("a"), 1, 2, 2);
    store.create(one);
    store.create(two);
    CompletableFuture<RunSummary> first =
        CompletableFuture.supplyAsync(() -> run(one, fake((trial, number) -> "")));
    CompletableFuture<RunSummary> second =
        CompletableFuture.supplyAsync(() -> run(two, fake((trial, number) -> "")));

    assertThat(first.get(30, TimeUnit.SECONDS).isComplete()).isTrue();
    assertThat(second.get(30, TimeUnit.SECONDS).isComplete()).isTrue();
    assertThat(store.results(List.of("s"))).allMatch(record -> record.run().equals("s"));
  }

  @Test
  void aViewThatFailsDoesNotHurtTheRun() {
    Plan plan = SamplePlans.plan("r", 3, List.of("a"), 1, 1, 2);
    store.create(plan);
    RunListener broken =
        new RunListener() {
          @Override
          public void onTrialStart(int slot, PlannedTrial trial, int tryNumber) {
            throw new IllegalStateException("a broken view");
          }
        };
    try (Evaluation evaluation = evaluation(plan, fake((trial, number) -> ""), broken)) {
      assertThat(evaluation.run().isComplete()).isTrue();
    }
  }
}
