package dev.pacebench.runner.check;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.authoring.StaticCheck;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.sets.ReadTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Checks the tasks of a set: what can be said without running them, then what trials say. */
public final class TaskChecker {

  private final CheckSettings settings;
  private final Function<Task, Optional<Finding>> scripts;
  private final Consumer<String> notes;
  private final Map<String, List<Finding>> findings = new LinkedHashMap<>();
  private final Map<String, TaskFigures> figures = new HashMap<>();
  private final Map<String, Double> builds = new HashMap<>();
  private final List<String> fixed = new ArrayList<>();

  /**
   * @param scripts what is wrong with the scripts for simulated tiers of a task
   * @param notes told of what goes on, a line each
   */
  public TaskChecker(
      CheckSettings settings, Function<Task, Optional<Finding>> scripts, Consumer<String> notes) {
    this.settings = settings;
    this.scripts = scripts;
    this.notes = notes;
  }

  /**
   * Looks at the tasks' files.
   *
   * @return those that trials can be made of
   */
  public List<Task> look(List<ReadTask> read) {
    List<Task> readable = new ArrayList<>();
    for (ReadTask one : read) {
      List<Finding> found = findings.computeIfAbsent(one.name(), name -> new ArrayList<>());
      one.problems().forEach(problem -> found.add(Finding.of(one.name(), problem)));
      one.task()
          .ifPresent(
              task -> {
                found.addAll(StaticCheck.of(task));
                scripts.apply(task).ifPresent(found::add);
                readable.add(task);
              });
    }
    return readable;
  }

  /**
   * Runs the reference solution and nothing at all, as often as the settings say.
   *
   * @throws dev.pacebench.runner.InfrastructureError when the engine cannot go on
   */
  public void run(List<Task> tasks, Lineup lineup, CheckEngine engine) {
    CheckPlans plans = new CheckPlans(lineup, engine, settings);
    List<Task> ready = new ArrayList<>();
    for (Task task : tasks) {
      if (prepared(task, engine)) {
        decided(task, engine).filter(one -> hostable(one, plans)).ifPresent(ready::add);
      }
    }
    if (ready.isEmpty()) {
      return;
    }
    Plan plan = plans.plan(ready);
    List<TrialRecord> records = engine.run(plan);
    for (Task task : ready) {
      List<TrialRecord> reference = of(records, task, CheckPlans.REFERENCE);
      List<TrialRecord> nothing = of(records, task, CheckPlans.NOTHING);
      TaskFigures figure =
          TaskFigures.of(reference, nothing, builds.getOrDefault(task.name(), 0.0));
      figures.put(task.name(), figure);
      add(task, TrialFindings.of(task, figure, reference, nothing, engine::evidence));
    }
  }

  /** The task with the tests that decide on it; any other kind of task as it is. */
  private Optional<Task> decided(Task task, CheckEngine engine) {
    if (task.change().isEmpty()) {
      return Optional.of(task);
    }
    notes.accept("looking which tests of " + task.name() + " decide");
    ChangeCheck check = new ChangeCheck(task, engine, settings);
    try {
      Optional<Task> decided = check.run();
      add(task, check.found());
      fixed.addAll(check.fixed());
      return decided;
    } catch (IOException e) {
      throw new InfrastructureError(
          "the tests of " + task.name() + " cannot be told: " + e.getMessage(),
          "check free space of /tmp",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InfrastructureError("the check was stopped", "start it again");
    }
  }

  private boolean hostable(Task task, CheckPlans plans) {
    try {
      plans.tryOne(task);
      return true;
    } catch (UserError e) {
      add(
          task,
          List.of(
              Finding.error(
                  task.name(),
                  Show.path(task.directory()),
                  "cannot be run: " + e.getMessage(),
                  e.remedy())));
      return false;
    }
  }

  private boolean prepared(Task task, CheckEngine engine) {
    notes.accept("building what " + task.name() + " works in");
    long start = System.nanoTime();
    try {
      engine.prepare(task);
      builds.put(task.name(), (System.nanoTime() - start) / 1e9);
      return true;
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.UNAVAILABLE) {
        throw e;
      }
      add(
          task,
          List.of(
              Finding.error(
                  task.name(),
                  Show.path(task.directory().resolve("environment")),
                  String.valueOf(e.getMessage()),
                  e.remedy())));
      return false;
    }
  }

  private void add(Task task, List<Finding> more) {
    findings.computeIfAbsent(task.name(), name -> new ArrayList<>()).addAll(more);
  }

  private static List<TrialRecord> of(List<TrialRecord> records, Task task, String contender) {
    return records.stream()
        .filter(one -> one.task().equals(task.name()) && one.contender().equals(contender))
        .toList();
  }

  /** What is known by now. */
  public CheckReport report(String set, double seconds) {
    List<CheckedTask> checked =
        findings.entrySet().stream()
            .map(
                entry ->
                    new CheckedTask(
                        entry.getKey(),
                        entry.getValue(),
                        Optional.ofNullable(figures.get(entry.getKey()))))
            .toList();
    return new CheckReport(set, checked, seconds, fixed);
  }
}
