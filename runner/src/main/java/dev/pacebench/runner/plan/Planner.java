package dev.pacebench.runner.plan;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans a run: which trials, in which order, and everything that forbids them.
 *
 * <p>All refusals are found before any trial starts. A task that asks for what cannot be had yet,
 * and in a local sandbox one that this machine cannot host, is left out by name, since sets mix
 * tasks of both kinds; anywhere else, and when it was asked for by its very name, it is an error.
 */
public final class Planner {

  private Planner() {}

  /**
   * Plans a run.
   *
   * @throws UserError or InfrastructureError with every refusal
   */
  public static Plan plan(
      RunSettings settings,
      Lineup lineup,
      List<TaskSet> sets,
      SandboxProvider provider,
      PlanRules rules) {
    List<String> warnings = new ArrayList<>();
    List<Contender> contenders =
        TaskSelection.contenders(lineup.contenders(), settings.contenders());
    List<Task> chosen = TaskSelection.tasks(distinct(sets), settings.only());
    List<Task> tasks = hostable(chosen, settings, lineup, provider, warnings);
    warnAboutTasks(tasks, rules, warnings);
    Set<Pair> refused = refusedByAgents(tasks, contenders, rules, warnings);
    List<PlannedTrial> trials =
        trials(settings, tasks, contenders, refused, 1, settings.attempts(), 0);
    return new Plan(settings, lineup, sets, trials, warnings);
  }

  /**
   * Adds attempts to a planned run; the trials of the earlier ones keep their place.
   *
   * @param attempts the new number of attempts
   */
  public static Plan extend(Plan plan, int attempts) {
    RunSettings settings = plan.settings().withAttempts(attempts);
    Set<Pair> present =
        plan.trials().stream()
            .map(trial -> Pair.of(trial.task(), trial.contender()))
            .collect(Collectors.toSet());
    Set<String> contenderNames = present.stream().map(Pair::contender).collect(Collectors.toSet());
    // In the order of the first plan, so that both ways to k attempts give the same trials.
    List<Contender> contenders =
        plan.lineup().contenders().stream()
            .filter(contender -> contenderNames.contains(contender.name()))
            .collect(Collectors.toList());
    List<Task> tasks =
        plan.taskSets().stream()
            .flatMap(set -> set.tasks().stream())
            .filter(
                task -> contenders.stream().anyMatch(one -> present.contains(Pair.of(task, one))))
            .collect(Collectors.toList());
    Set<Pair> absent = new LinkedHashSet<>();
    for (Task task : tasks) {
      for (Contender contender : contenders) {
        Pair pair = Pair.of(task, contender);
        if (!present.contains(pair)) {
          absent.add(pair);
        }
      }
    }
    List<PlannedTrial> all = new ArrayList<>(plan.trials());
    all.addAll(
        trials(
            settings,
            tasks,
            contenders,
            absent,
            plan.settings().attempts() + 1,
            attempts,
            all.size()));
    return new Plan(settings, plan.lineup(), plan.taskSets(), all, plan.warnings());
  }

  /**
   * Checks the images of a plan that was made earlier.
   *
   * @throws UserError or InfrastructureError with every refusal
   */
  public static void checkImages(Plan plan, SandboxProvider provider) {
    TaskChecks checks = new TaskChecks(plan.lineup(), provider);
    TaskRefusals refusals = new TaskRefusals();
    plan.trials().stream()
        .map(PlannedTrial::task)
        .distinct()
        .forEach(
            task -> {
              checks.byLineup(task, refusals);
              checks.byProvider(task, refusals);
            });
    if (!refusals.isEmpty()) {
      throw refusals.toError("tasks of the run can no longer run");
    }
  }

  private record Pair(String set, String task, String contender) {
    static Pair of(Task task, Contender contender) {
      return new Pair(task.set(), task.name(), contender.name());
    }
  }

  private static List<TaskSet> distinct(List<TaskSet> sets) {
    Map<String, TaskSet> byName = new HashMap<>();
    for (TaskSet set : sets) {
      TaskSet earlier = byName.put(set.name(), set);
      if (earlier != null) {
        throw new UserError(
            "-t " + set.name(),
            earlier.digest().equals(set.digest())
                ? "the task set is named twice"
                : "two different task sets have this name: "
                    + earlier.directory()
                    + " and "
                    + set.directory(),
            "name each task set once");
      }
    }
    return sets;
  }

  private static List<Task> hostable(
      List<Task> chosen,
      RunSettings settings,
      Lineup lineup,
      SandboxProvider provider,
      List<String> warnings) {
    TaskChecks checks = new TaskChecks(lineup, provider);
    boolean mayLeaveOut = provider.name().equals("local");
    TaskRefusals errors = new TaskRefusals();
    TaskRefusals leftOut = new TaskRefusals();
    List<Task> fit = new ArrayList<>();
    for (Task task : chosen) {
      if (!task.unsupported().isEmpty()) {
        boolean named = TaskSelection.isNamed(task, settings.only());
        checks.unsupported(task, named ? errors : leftOut);
        continue;
      }
      TaskRefusals own = new TaskRefusals();
      checks.byProvider(task, own);
      boolean leaveOut =
          !own.isEmpty() && mayLeaveOut && !TaskSelection.isNamed(task, settings.only());
      if (leaveOut) {
        checks.byProvider(task, leftOut);
        continue;
      }
      checks.byLineup(task, errors);
      checks.byProvider(task, errors);
      fit.add(task);
    }
    if (!errors.isEmpty()) {
      throw errors.toError("tasks cannot run as asked");
    }
    if (fit.isEmpty()) {
      throw leftOut.toError("no task is left that can run in the " + provider.name() + " sandbox");
    }
    leftOut.lines().forEach(line -> warnings.add("left out " + line));
    return fit;
  }

  private static void warnAboutTasks(List<Task> tasks, PlanRules rules, List<String> warnings) {
    for (Task task : tasks) {
      for (Problem problem : task.warnings()) {
        warnings.add(problem.toString());
      }
    }
    List<String> wide =
        tasks.stream()
            .filter(task -> task.environment().resources().cpus().orElse(0) > rules.hostCpus())
            .map(Task::name)
            .collect(Collectors.toList());
    if (!wide.isEmpty()) {
      warnings.add(
          "this machine has fewer processors ("
              + rules.hostCpus()
              + ") than these tasks ask for: "
              + String.join(", ", wide));
    }
  }

  private static Set<Pair> refusedByAgents(
      List<Task> tasks, List<Contender> contenders, PlanRules rules, List<String> warnings) {
    Set<Pair> refused = new LinkedHashSet<>();
    for (Contender contender : contenders) {
      TaskRefusals reasons = new TaskRefusals();
      int count = 0;
      for (Task task : tasks) {
        Optional<String> reason = rules.agentRefusal().apply(contender, task);
        if (reason.isPresent()) {
          reasons.add(
              task,
              "contender " + contender.name() + " cannot work on it: " + reason.get(),
              "leave the contender out with --contender, or choose other tasks",
              SandboxException.Kind.BAD_REQUEST);
          refused.add(Pair.of(task, contender));
          count++;
        }
      }
      if (count == tasks.size()) {
        throw reasons.toError("contender " + contender.name() + " can work on no task");
      }
      reasons.lines().forEach(line -> warnings.add("left out " + line));
    }
    return refused;
  }

  private static List<PlannedTrial> trials(
      RunSettings settings,
      List<Task> tasks,
      List<Contender> contenders,
      Set<Pair> refused,
      int firstAttempt,
      int lastAttempt,
      int firstOrdinal) {
    TrialIds ids = new TrialIds(tasks, contenders);
    List<PlannedTrial> trials = new ArrayList<>();
    List<TrialOrder.Slot> order =
        TrialOrder.of(
            tasks, contenders, firstAttempt, lastAttempt, settings.seed(), settings.order());
    for (TrialOrder.Slot slot : order) {
      if (!refused.contains(Pair.of(slot.task(), slot.contender()))) {
        trials.add(
            new PlannedTrial(
                settings.runId(),
                ids.of(slot.task(), slot.contender(), slot.attempt()),
                firstOrdinal + trials.size(),
                slot.task(),
                slot.contender(),
                slot.attempt()));
      }
    }
    return trials;
  }
}
