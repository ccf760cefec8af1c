package dev.pacebench.runner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.sandbox.Owner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

  private static final Owner SELF = Owner.self();
  private static final Owner DEAD = new Owner(SELF.host(), SELF.bootId(), SELF.pid(), 1);
  private static final Owner ELSEWHERE = new Owner("another-host", "boot", 5, 5);

  @TempDir private Path folder;
  private Database database;
  private RunStore store;

  @BeforeEach
  void open() throws SQLException {
    database = TestDatabase.open(new Home(folder));
    store = new RunStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Plan create(String runId, int tasks, String... contenders) {
    Plan plan = SamplePlans.plan(runId, tasks, List.of(contenders), 1, 2, 3);
    store.create(plan);
    return plan;
  }

  @Test
  void aRunReadsBackAsItWasPlanned() {
    Plan plan = create("r", 3, "a", "b");
    RunRow row = store.run("r").orElseThrow();
    assertThat(row.settings()).isEqualTo(plan.settings());
    assertThat(row.state()).isEqualTo(RunState.PLANNED);
    assertThat(row.planned()).isEqualTo(6);
    assertThat(row.owner()).isEmpty();
    assertThat(store.trials("r").stream().map(TrialRow::trialId))
        .containsExactlyElementsOf(plan.trials().stream().map(trial -> trial.id()).toList());
  }

  @Test
  void allTrialsComeOnceAndAsTheyAreHoweverManyPagesTheyFill() {
    Plan plan = create("r", 2_100, "a", "b");
    create("other", 2, "a");
    TrialRecord record = SamplePlans.record(plan.trials().get(7), 1, Outcome.SOLVED);
    store.finish("r", plan.trials().get(7).id(), record);
    List<TrialRow> rows = new ArrayList<>();
    store.each("r", rows::add);
    assertThat(rows).hasSize(4_200).doesNotHaveDuplicates();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(store.trials("r"));
    assertThat(rows.stream().flatMap(row -> row.result().stream())).containsExactly(record);
    store.each("no such run", row -> assertThat(row).isNull());
  }

  @Test
  void aResultReadsBackEqualInEveryField() {
    Plan plan = create("r", 1, "a");
    TrialRecord record = SamplePlans.record(plan.trials().get(0), 2, Outcome.SOLVED);
    assertThat(store.finish("r", "t0.a.1", record)).isTrue();
    assertThat(store.results(List.of("r"))).containsExactly(record);
    assertThat(store.trials("r").get(0).result()).contains(record);
  }

  @Test
  void aSecondResultIsRefusedAndTheFirstStays() {
    Plan plan = create("r", 1, "a");
    TrialRecord first = SamplePlans.record(plan.trials().get(0), 1, Outcome.SOLVED);
    TrialRecord second = SamplePlans.record(plan.trials().get(0), 2, Outcome.FAILED);
    store.finish("r", "t0.a.1", first);
    assertThat(store.finish("r", "t0.a.1", second)).isFalse();
    assertThat(store.finish("r", "t0.a.1", first)).isTrue();
    assertThat(store.results(List.of("r"))).containsExactly(first);
  }

  @Test
  void aResultOfAnUnknownTrialIsRefused() {
    Plan plan = create("r", 1, "a");
    TrialRecord record = SamplePlans.record(plan.trials().get(0), 1, Outcome.SOLVED);
    assertThat(store.finish("r", "nowhere", record)).isFalse();
  }

  @Test
  void claimsFollowTheOrderAndComeBackWhenReleased() {
    create("r", 3, "a");
    assertThat(store.claim("r", SELF)).map(TrialRow::trialId).contains("t0.a.1");
    assertThat(store.claim("r", SELF)).map(TrialRow::trialId).contains("t1.a.1");
    store.release("r", "t0.a.1", ELSEWHERE);
    assertThat(store.claim("r", SELF)).map(TrialRow::trialId).contains("t2.a.1");
    store.release("r", "t0.a.1", SELF);
    assertThat(store.claim("r", SELF)).map(TrialRow::trialId).contains("t0.a.1");
    assertThat(store.claim("r", SELF)).isEmpty();
    assertThat(store.trials("r")).allMatch(row -> row.owner().equals(Optional.of(SELF)));
  }

  @Test
  void eightThreadsNeverClaimTheSameTrial() throws Exception {
    create("r", 50, "a", "b");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<List<String>>> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claims.add(
          threads.submit(
              () -> {
                List<String> mine = new ArrayList<>();
                for (var row = store.claim("r", SELF); row.isPresent(); ) {
                  mine.add(row.get().trialId());
                  row = store.claim("r", SELF);
                }
                return mine;
              }));
    }
    List<String> all = new ArrayList<>();
    for (Future<List<String>> claim : claims) {
      all.addAll(claim.get());
    }
    threads.shutdown();
    assertThat(all).hasSize(100);
    assertThat(new HashSet<>(all)).hasSize(100);
  }

  @Test
  void onlyClaimsOfOwnersProvenDeadAreReleased() {
    create("r", 4, "a");
    store.claim("r", SELF);
    store.claim("r", DEAD);
    store.claim("r", ELSEWHERE);
    store.claim("r", DEAD);
    assertThat(store.releaseDead("r")).isEqualTo(2);
    assertThat(store.trials("r").stream().map(TrialRow::state))
        .containsExactly(RowState.CLAIMED, RowState.PENDING, RowState.CLAIMED, RowState.PENDING);
    assertThat(store.releaseAll("r", SELF, List.of("t0.a.1"))).isZero();
    assertThat(store.releaseAll("r", SELF, List.of())).isEqualTo(1);
  }

  @Test
  void aSuspendedContendersTrialsWaitUntilItIsLifted() {
    create("r", 2, "a", "b");
    store.suspend("r", "a", "provider_401");
    assertThat(store.claim("r", SELF)).map(TrialRow::contender).contains("b");
    assertThat(store.claim("r", SELF)).map(TrialRow::contender).contains("b");
    assertThat(store.claim("r", SELF)).isEmpty();
    assertThat(store.resolve("r").suspended()).isEqualTo(Map.of("a", "provider_401"));
    store.liftSuspensions("r");
    assertThat(store.claim("r", SELF)).map(TrialRow::contender).contains("a");
    assertThat(store.suspended("r")).isEmpty();
  }

  @Test
  void lostTrialsAreReopenedAndOthersAreNot() {
    Plan plan = create("r", 2, "a");
    store.finish("r", "t0.a.1", SamplePlans.record(plan.trials().get(0), 3, Outcome.LOST));
    store.finish("r", "t1.a.1", SamplePlans.record(plan.trials().get(1), 1, Outcome.FAILED));
    assertThat(store.run("r")).map(RunRow::lost).contains(1);
    assertThat(store.reopenLost("r")).isEqualTo(1);
    TrialRow reopened = store.claim("r", SELF).orElseThrow();
    assertThat(reopened.trialId()).isEqualTo("t0.a.1");
    assertThat(reopened.reopenedAfter()).isEqualTo(3);
    assertThat(store.claim("r", SELF)).isEmpty();
  }

  @Test
  void creatingAPlanTwiceAddsOnlyWhatIsMissing() {
    create("r", 2, "a");
    store.claim("r", SELF);
    store.create(SamplePlans.plan("r", 2, List.of("a"), 3, 2, 3));
    assertThat(store.trials("r")).hasSize(6);
    assertThat(store.trials("r").get(0).state()).isEqualTo(RowState.CLAIMED);
    assertThat(store.run("r")).map(row -> row.settings().attempts()).contains(3);
  }

  @Test
  void aRunIsFoundByIdUniquePrefixOrLatest() {
    create("2026-01-01-aa", 1, "a");
    create("2026-01-02-bb", 1, "a");
    create("2026-01-02-bc", 1, "a");
    assertThat(store.resolve("2026-01-01").runId()).isEqualTo("2026-01-01-aa");
    assertThat(store.resolve("2026-01-02-bb").runId()).isEqualTo("2026-01-02-bb");
    assertThat(store.resolve("latest").runId()).isEqualTo("2026-01-02-bc");
    assertThat(store.runs()).hasSize(3);
    assertThatThrownBy(() -> store.resolve("2026-01-02"))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> assertThat(error.remedy()).contains("2026-01-02-bc, 2026-01-02-bb"));
    assertThatThrownBy(() -> store.resolve("x"))
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.remedy()).contains("2026-01-01-aa"));
    assertThatThrownBy(() -> store.resolve("")).isInstanceOf(UserError.class);
  }

  @Test
  void anEmptyDatabaseSaysHowToStart() {
    assertThatThrownBy(() -> store.resolve("latest"))
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.remedy()).contains("pacebench run"));
  }
}
