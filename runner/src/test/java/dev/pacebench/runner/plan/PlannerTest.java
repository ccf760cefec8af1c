package dev.pacebench.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests for {@link Planner}. */
class PlannerTest {

  private static final PlanRules RULES = PlanRules.lenient(2);

  private static Plan plan(RunSettings settings, Lineup lineup, TaskSet set) {
    return Planner.plan(settings, lineup, List.of(set), Samples.willing("docker"), RULES);
  }

  @Nested
  class InOrder {

    @Test
    void everyAttemptIsCompleteBeforeTheNextBegins() {
      Plan plan = plan(Samples.settings(3), Samples.lineup("a", "b"), Samples.set(5));

      assertThat(plan.trials()).hasSize(30);
      assertThat(plan.trials()).extracting(PlannedTrial::attempt).isSorted();
      assertThat(plan.trials())
          .extracting(PlannedTrial::ordinal)
          .isEqualTo(java.util.stream.IntStream.range(0, 30).boxed().toList());
    }

    @Test
    void contendersOfOneTaskFollowEachOther() {
      List<PlannedTrial> trials =
          plan(Samples.settings(2), Samples.lineup("a", "b", "c"), Samples.set(6)).trials();

      for (int i = 0; i < trials.size(); i += 3) {
        List<PlannedTrial> cell = trials.subList(i, i + 3);
        assertThat(cell.stream().map(trial -> trial.task().name()).distinct()).hasSize(1);
        assertThat(cell.stream().map(trial -> trial.contender().name()).distinct()).hasSize(3);
      }
    }

    @Test
    void tasksAndContendersAreShuffledAnewForEachAttempt() {
      List<PlannedTrial> trials =
          plan(Samples.settings(2), Samples.lineup("a", "b"), Samples.set(20)).trials();

      assertThat(tasks(trials.subList(0, 40))).isNotEqualTo(tasks(trials.subList(40, 80)));
      Set<String> first =
          trials.stream()
              .filter(trial -> trial.ordinal() % 2 == 0)
              .map(trial -> trial.contender().name())
              .collect(Collectors.toSet());
      assertThat(first).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theSeedAloneDecides() {
      TaskSet set = Samples.set(20);
      Lineup lineup = Samples.lineup("a", "b");

      assertThat(plan(Samples.settings(2), lineup, set).trials())
          .isEqualTo(plan(Samples.settings(2), lineup, set).trials());
    }

    @Test
    void byTaskKeepsAllAttemptsOfATaskTogether() {
      List<PlannedTrial> trials =
          plan(
                  Samples.settings(3, Order.BY_TASK, Optional.empty()),
                  Samples.lineup("a", "b"),
                  Samples.set(5))
              .trials();

      for (int i = 0; i < trials.size(); i += 6) {
        assertThat(tasks(trials.subList(i, i + 6)).stream().distinct()).hasSize(1);
      }
    }

    @Test
    void furtherAttemptsFollowAndChangeNothingBefore() {
      TaskSet set = Samples.set(8);
      Lineup lineup = Samples.lineup("a", "b");
      Plan two = plan(Samples.settings(2), lineup, set);

      Plan five = Planner.extend(two, 5);

      assertThat(five.settings().attempts()).isEqualTo(5);
      assertThat(five.trials()).isEqualTo(plan(Samples.settings(5), lineup, set).trials());
    }

    private List<String> tasks(List<PlannedTrial> trials) {
      return trials.stream().map(trial -> trial.task().name()).toList();
    }
  }

  @Nested
  class Ids {

    @Test
    void areReadable() {
      Plan plan =
          plan(Samples.settings(1), Samples.lineup("oracle"), Samples.set(Samples.task("fix-it")));

      assertThat(plan.trials()).extracting(PlannedTrial::id).containsExactly("fix-it.oracle.1");
    }

    @Test
    void areSafeShortAndUniqueWhateverTheNames() {
      Task[] tasks = {
        Samples.task("a"),
        Samples.task("a.b"),
        Samples.task("A"),
        Samples.task("x".repeat(300)),
        Samples.task("x".repeat(300) + "y"),
        Samples.task("-rf"),
        Samples.task("..")
      };
      Plan plan =
          plan(
              Samples.settings(2),
              Samples.lineup("b.c", "c", "../../etc", "a b", "a_b", "\u540d\u524d", "n".repeat(80)),
              Samples.set(tasks));

      Set<String> folded = new HashSet<>();
      for (PlannedTrial trial : plan.trials()) {
        assertThat(trial.id()).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");
        assertThat(folded.add(trial.id().toLowerCase(java.util.Locale.ROOT)))
            .as(trial.id())
            .isTrue();
      }
    }
  }

  @Nested
  class Refuses {

    @Test
    void networkThatTheLineupDoesNotAllow() {
      TaskSet set = Samples.set(open("t1"), open("t2"), Samples.task("t3"));

      assertThatThrownBy(() -> plan(Samples.settings(1), Samples.lineup("a"), set))
          .isInstanceOfSatisfying(
              UserError.class,
              e -> {
                assertThat(e.getMessage())
                    .contains("2 tasks, t1, t2", "network in the agent phase");
                assertThat(e.remedy()).contains("task_network: true", "l.yaml");
              });
      assertThat(plan(Samples.settings(1), Samples.lineup(true, "a"), set).trials()).hasSize(3);
    }

    @Test
    void allowlistsWhateverTheLineupSays() {
      Task task = Samples.task("t1", Network.ALLOWLIST, Optional.empty(), Optional.empty(), 1);

      for (boolean allowed : new boolean[] {true, false}) {
        assertThatThrownBy(
                () -> plan(Samples.settings(1), Samples.lineup(allowed, "a"), Samples.set(task)))
            .isInstanceOfSatisfying(
                UserError.class,
                e -> {
                  assertThat(e.getMessage())
                      .contains("task t1", "`network_mode = \"allowlist\"` in [agent]");
                  assertThat(e.remedy()).contains("public", "--only");
                });
      }
    }

    @Test
    void whatCannotBeHadOnlyWhenItWasAskedForByName() {
      TaskSet set = Samples.set(Samples.task("t0"), unsupported("t1"), unsupported("t2"));

      Plan plan = plan(Samples.settings(1), Samples.lineup("a"), set);

      assertThat(plan.trials()).extracting(trial -> trial.task().name()).containsExactly("t0");
      assertThat(plan.warnings())
          .anySatisfy(
              warning ->
                  assertThat(warning)
                      .contains("left out 2 tasks, t1, t2", "has further services", "one sandbox"));
      assertThatThrownBy(
              () ->
                  plan(
                      Samples.settings(1, Order.BY_ATTEMPT, Optional.of("t1")),
                      Samples.lineup("a"),
                      set))
          .isInstanceOfSatisfying(
              UserError.class,
              e -> {
                assertThat(e.getMessage()).contains("task t1: c.yaml:3: has further services");
                assertThat(e.remedy()).isEqualTo("use one sandbox");
              });
    }

    private Task unsupported(String name) {
      Task task = Samples.task(name);
      return new Task(
          task.set(),
          name,
          task.directory(),
          task.schemaVersion(),
          task.instruction(),
          task.environment(),
          task.agent(),
          task.verifier(),
          task.solution(),
          task.artifacts(),
          task.metadata(),
          task.digests(),
          List.of(Problem.unsupported("c.yaml:3", "has further services", "use one sandbox")),
          Steering.NONE);
    }

    @Test
    void everythingAtOnceWithTheImagesOfAllTasks() {
      SandboxProvider provider =
          Samples.provider(
              "docker", source -> refusal(source, "t1", "line 3 needs BuildKit", Kind.BAD_REQUEST));

      assertThatThrownBy(
              () ->
                  Planner.plan(
                      Samples.settings(1),
                      Samples.lineup("a"),
                      List.of(Samples.set(Samples.task("t1"), open("t2"))),
                      provider,
                      RULES))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll("task t1", "line 3 needs BuildKit", "task t2", "network");
    }

    @Test
    void whatOnlyTheMachineLacksAsInfrastructure() {
      SandboxProvider provider =
          Samples.provider(
              "docker", source -> refusal(source, "t1", "no such image", Kind.UNAVAILABLE));

      assertThatThrownBy(
              () ->
                  Planner.plan(
                      Samples.settings(1),
                      Samples.lineup("a"),
                      List.of(Samples.set(3)),
                      provider,
                      RULES))
          .isInstanceOf(InfrastructureError.class)
          .hasMessageContaining("task t1");
    }

    @Test
    void checksEachImageOnce() {
      java.util.concurrent.atomic.AtomicInteger checks =
          new java.util.concurrent.atomic.AtomicInteger();
      SandboxProvider provider =
          Samples.provider(
              "docker",
              source -> {
                checks.incrementAndGet();
                return Optional.empty();
              });

      Planner.plan(
          Samples.settings(3), Samples.lineup("a", "b"), List.of(Samples.set(4)), provider, RULES);

      assertThat(checks).hasValue(4);
    }

    @Test
    void patternsThatMatchNothingWithTheNearestNames() {
      assertThatThrownBy(
              () ->
                  plan(
                      Samples.settings(1, Order.BY_ATTEMPT, Optional.of("fix-broken-biuld")),
                      Samples.lineup("a"),
                      Samples.set(Samples.task("fix-broken-build"), Samples.task("other"))))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.remedy()).contains("fix-broken-build"));
    }

    @Test
    void patternsThatAreNone() {
      assertThatThrownBy(
              () ->
                  plan(
                      Samples.settings(1, Order.BY_ATTEMPT, Optional.of("[")),
                      Samples.lineup("a"),
                      Samples.set(1)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("is no pattern");
    }

    @Test
    void unknownContendersWithTheNearestName() {
      assertThatThrownBy(
              () ->
                  plan(
                      Samples.settings(1, Order.BY_ATTEMPT, Optional.empty(), "oracel"),
                      Samples.lineup("oracle", "nop"),
                      Samples.set(1)))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.remedy()).contains("did you mean `oracle`"));
    }

    @Test
    void aSetThatIsNamedTwice() {
      assertThatThrownBy(
              () ->
                  Planner.plan(
                      Samples.settings(1),
                      Samples.lineup("a"),
                      List.of(Samples.set(1), Samples.set(1)),
                      Samples.willing("docker"),
                      RULES))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("named twice");
    }

    @Test
    void aContenderThatCanWorkOnNoTask() {
      PlanRules rules =
          new PlanRules(
              (contender, task) ->
                  contender.name().equals("oracle") ? Optional.of("no solution") : Optional.empty(),
              2);

      assertThatThrownBy(
              () ->
                  Planner.plan(
                      Samples.settings(1),
                      Samples.lineup("oracle", "nop"),
                      List.of(Samples.set(2)),
                      Samples.willing("docker"),
                      rules))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll("oracle", "no solution");
    }
  }

  @Nested
  class LeavesOut {

    @Test
    void tasksWithoutASolutionForTheOracleAlone() {
      PlanRules rules =
          new PlanRules(
              (contender, task) ->
                  contender.name().equals("oracle") && task.name().equals("t1")
                      ? Optional.of("no solution")
                      : Optional.empty(),
              2);
      Plan plan =
          Planner.plan(
              Samples.settings(1),
              Samples.lineup("oracle", "nop"),
              List.of(Samples.set(2)),
              Samples.willing("docker"),
              rules);

      assertThat(plan.trials())
          .extracting(PlannedTrial::id)
          .containsExactlyInAnyOrder("t0.oracle.1", "t0.nop.1", "t1.nop.1");
      assertThat(plan.warnings()).singleElement().asString().contains("task t1", "oracle");
      assertThat(Planner.extend(plan, 2).trials()).hasSize(6);
    }

    @Test
    void tasksThatTheLocalSandboxCannotHostWithAWarning() {
      Plan plan = local(Optional.empty());

      assertThat(plan.trials()).extracting(trial -> trial.task().name()).containsExactly("t0");
      assertThat(plan.warnings())
          .anySatisfy(warning -> assertThat(warning).contains("left out task t1", "gcc"))
          .anySatisfy(warning -> assertThat(warning).contains("left out task t2", "another user"));
    }

    @Test
    void butNotWhatWasAskedForByName() {
      assertThatThrownBy(() -> local(Optional.of("t2")))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another user");
      assertThatThrownBy(() -> local(Optional.of("t1")))
          .isInstanceOf(InfrastructureError.class)
          .hasMessageContaining("gcc");
    }

    @Test
    void andEndsWhenNothingIsLeft() {
      assertThatThrownBy(() -> local(Optional.of("t1*")))
          .isInstanceOf(InfrastructureError.class)
          .hasMessageContaining("gcc");
    }

    private Plan local(Optional<String> only) {
      SandboxProvider provider =
          Samples.provider(
              "local", source -> refusal(source, "t1", "gcc is missing", Kind.UNAVAILABLE));
      Task other = Samples.task("t2", Network.NONE, Optional.of("app"), Optional.empty(), 1);
      return Planner.plan(
          Samples.settings(1, Order.BY_ATTEMPT, only),
          Samples.lineup("a"),
          List.of(Samples.set(Samples.task("t0"), Samples.task("t1"), other)),
          provider,
          RULES);
    }
  }

  private static Task open(String name) {
    return Samples.task(name, Network.PUBLIC, Optional.empty(), Optional.empty(), 1);
  }

  private static Optional<Refusal> refusal(
      ImageSource source, String task, String what, Kind kind) {
    boolean hit = ((ImageSource.Dockerfile) source).context().toString().contains("/" + task + "/");
    return hit
        ? Optional.of(new Refusal("Dockerfile:3", what, "change it", kind))
        : Optional.empty();
  }
}
