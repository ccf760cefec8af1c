package dev.pacebench.leaderboard;

import static java.util.Objects.requireNonNull;

/**
 * One trial that a run planned, whether it has a result yet or not.
 *
 * @param run id of the run
 * @param taskSet name of the task set
 * @param task name of the task
 * @param taskDigest identifies the task whatever its name
 * @param contender display name
 * @param contenderDigest identifies the contender whatever its name
 * @param attempt from 1
 */
public record PlannedCell(
    String run,
    String taskSet,
    String task,
    String taskDigest,
    String contender,
    String contenderDigest,
    int attempt) {

  public PlannedCell {
    requireNonNull(run, "run is null");
    requireNonNull(taskSet, "taskSet is null");
    requireNonNull(task, "task is null");
    requireNonNull(taskDigest, "taskDigest is null");
    requireNonNull(contender, "contender is null");
    requireNonNull(contenderDigest, "contenderDigest is null");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt counts from 1, is " + attempt);
    }
  }

  /** The cell that a result fills. */
  public static PlannedCell of(TrialRecord result) {
    return new PlannedCell(
        result.run(),
        result.taskSet(),
        result.task(),
        result.taskDigest(),
        result.contender(),
        result.contenderDigest(),
        result.attempt());
  }

  /** What all contenders of a run share: the (task, attempt) pair. */
  Shared shared() {
    return new Shared(run, taskSet, task, taskDigest, attempt);
  }

  /** A (task, attempt) pair of a run. */
  record Shared(String run, String taskSet, String task, String taskDigest, int attempt) {}
}
