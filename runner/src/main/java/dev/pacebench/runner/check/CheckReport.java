package dev.pacebench.runner.check;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.authoring.Finding;
import java.util.List;

/**
 * What came of a check.
 *
 * @param set the set's name
 * @param tasks in the order of their names
 * @param seconds that it took
 * @param fixed what was written into the tasks, a line each
 */
public record CheckReport(String set, List<CheckedTask> tasks, double seconds, List<String> fixed) {

  public CheckReport {
    requireNonNull(set, "set is null");
    tasks = List.copyOf(tasks);
    fixed = List.copyOf(fixed);
  }

  public long count(Finding.Severity severity) {
    return tasks.stream().mapToLong(task -> task.count(severity)).sum();
  }

  /** Whether nothing is wrong that would make a task's results worthless. */
  public boolean clean() {
    return count(Finding.Severity.ERROR) == 0;
  }

  /** Set-up and verification of one trial of each task, one after the other. */
  public double agentFreeSeconds() {
    return tasks.stream()
        .flatMap(task -> task.figures().stream())
        .mapToDouble(TaskFigures::agentFreeSeconds)
        .sum();
  }
}
