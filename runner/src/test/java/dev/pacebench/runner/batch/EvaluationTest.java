package dev.pacebench.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.SamplePlans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** From the first trial to the last, through stops and resumes. */
class EvaluationTest extends EvaluationFixture {

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
    CountDownLatch allSlotsWork = new CountDownLatch(4);
    FakeTrials trials =
        fake(
            (trial, number) -> {
              allSlotsWork.countDown();
              assertThat(allSlotsWork.await(30, TimeUnit.SECONDS)).isTrue();
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
                Thread.sleep(120_000);
              }
              return "";
            });
    RunSummary stopped;
    try (Evaluation evaluation = evaluation(plan, stuck, new RunListener() {})) {
      CompletableFuture<RunSummary> running = CompletableFuture.supplyAsync(evaluation::run);
      assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
      evaluation.stop();
      // The trials themselves would go on for longer than this.
      stopped = running.get(30, TimeUnit.SECONDS);
    }

    assertThat(stopped.stopped()).isTrue();
    assertThat(stopped.done()).isEqualTo(2);
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
