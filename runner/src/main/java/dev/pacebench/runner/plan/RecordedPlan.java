package dev.pacebench.runner.plan;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.ProblemList;
import dev.pacebench.runner.plan.RunFile.TrialFacts;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a run's plan again from its file, for a resume.
 *
 * <p>Trials, ids and order are those of the file. A task or contender that is not what it was is
 * refused: its results would not belong to the same run.
 */
public final class RecordedPlan {

  private RecordedPlan() {}

  /**
   * The plan.
   *
   * @throws dev.pacebench.runner.UserError naming every task and contender that changed
   */
  public static Plan of(RunFile file, Lineup lineup, List<TaskSet> sets) {
    Map<String, Task> tasks = new HashMap<>();
    for (TaskSet set : sets) {
      set.tasks().forEach(task -> tasks.put(key(task.set(), task.name()), task));
    }
    Map<String, Contender> contenders = new LinkedHashMap<>();
    lineup.contenders().forEach(contender -> contenders.put(contender.name(), contender));
    TreeSet<String> changed = new TreeSet<>();
    TreeSet<String> missing = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    List<PlannedTrial> trials = new ArrayList<>();
    for (TrialFacts facts : file.trials()) {
      Task task = tasks.get(key(facts.taskSet(), facts.task()));
      Contender contender = contenders.get(facts.contender());
      if (task == null) {
        missing.add(facts.task());
      } else if (!task.digest().equals(facts.taskDigest())) {
        changed.add(facts.task());
      }
      if (contender == null || !contender.digest().equals(facts.contenderDigest())) {
        others.add(facts.contender());
      }
      if (task != null && contender != null) {
        trials.add(
            new PlannedTrial(
                file.settings().runId(),
                facts.id(),
                facts.ordinal(),
                task,
                contender,
                facts.attempt()));
      }
    }
    refuse(changed, missing, others, lineup);
    return new Plan(file.settings(), lineup, sets, trials, file.warnings());
  }

  private static void refuse(
      Set<String> changed, Set<String> missing, Set<String> others, Lineup lineup) {
    ProblemList problems = new ProblemList();
    if (!changed.isEmpty()) {
      problems.add(
          "",
          "tasks were edited since the run was planned: " + String.join(", ", changed),
          "restore their files, or start a new run with `pacebench run`");
    }
    if (!missing.isEmpty()) {
      problems.add(
          "",
          "tasks of the run are gone: " + String.join(", ", missing),
          "restore their folders, or start a new run with `pacebench run`");
    }
    if (!others.isEmpty()) {
      problems.add(
          lineup.source(),
          "contenders are not what they were when the run was planned: "
              + String.join(", ", others),
          "restore the lineup, or start a new run with `pacebench run`");
    }
    problems.throwIfAny();
  }

  private static String key(String set, String task) {
    return set + "\0" + task;
  }
}
