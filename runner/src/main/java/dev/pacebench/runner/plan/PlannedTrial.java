package dev.pacebench.runner.plan;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.tasks.Task;

/**
 * One attempt of one contender at one task within one run.
 *
 * @param id folder name, unique in the run: task, contender and attempt, readable and safe
 * @param ordinal place in the run's order, from 0
 */
public record PlannedTrial(
    String runId, String id, int ordinal, Task task, Contender contender, int attempt) {

  public PlannedTrial {
    requireNonNull(runId, "runId is null");
    requireNonNull(id, "id is null");
    requireNonNull(task, "task is null");
    requireNonNull(contender, "contender is null");
  }
}
