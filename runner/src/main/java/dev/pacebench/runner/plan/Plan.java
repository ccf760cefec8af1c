package dev.pacebench.runner.plan;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.tasks.TaskSet;
import java.util.List;

/** What a run will do: settings, what they resolved to, and all trials in order. */
public record Plan(
    RunSettings settings,
    Lineup lineup,
    List<TaskSet> taskSets,
    List<PlannedTrial> trials,
    List<String> warnings) {

  public Plan {
    requireNonNull(settings, "settings is null");
    requireNonNull(lineup, "lineup is null");
    taskSets = List.copyOf(taskSets);
    trials = List.copyOf(trials);
    warnings = List.copyOf(warnings);
  }

  /** The same with other settings. */
  public Plan withSettings(RunSettings settings) {
    return new Plan(settings, lineup, taskSets, trials, warnings);
  }
}
