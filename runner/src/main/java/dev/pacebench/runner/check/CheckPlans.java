package dev.pacebench.runner.check;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.Planner;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans the trials of a check. */
final class CheckPlans {

  static final String RUN = "check";
  static final String REFERENCE = "oracle";
  static final String NOTHING = "nop";

  private static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

  /** An engine may fail once without the task being to blame. */
  private static final int TRIES = 2;

  private final Lineup lineup;
  private final CheckEngine engine;
  private final CheckSettings settings;

  CheckPlans(Lineup lineup, CheckEngine engine, CheckSettings settings) {
    this.lineup = lineup;
    this.engine = engine;
    this.settings = settings;
  }

  /**
   * Sees whether a task could be run at all.
   *
   * @throws UserError when not
   */
  void tryOne(Task task) {
    Plan unused = plan(List.of(task));
  }

  /** Trials of both contenders; a task without a reference solution gets those of one. */
  Plan plan(List<Task> tasks) {
    boolean solvable = tasks.stream().anyMatch(Task::solvable);
    TaskSet set =
        new TaskSet(tasks.get(0).set(), tasks.get(0).directory(), "check", "", tasks, List.of());
    return Planner.plan(
        settings(tasks, solvable ? List.of() : List.of(NOTHING)),
        lineup,
        List.of(set),
        engine.provider(),
        engine.rules());
  }

  private RunSettings settings(List<Task> tasks, List<String> contenders) {
    return new RunSettings(
        RUN,
        Instant.now().toString(),
        List.of(),
        "",
        Math.max(1, settings.times()),
        settings.slots(),
        1,
        Order.BY_TASK,
        engine.provider().name(),
        1,
        DEFAULT_LIMIT,
        // A task that is named is refused by name where it cannot be hosted, not left out.
        tasks.size() == 1 ? Optional.of(tasks.get(0).name()) : Optional.empty(),
        contenders,
        TRIES);
  }
}
