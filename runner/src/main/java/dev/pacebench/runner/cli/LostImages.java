package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.runner.trial.LostTryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tasks of a run that could not be tried because their own image cannot be had.
 *
 * <p>That is bad input found late: the other tasks ran, and the command ends with exit 2.
 */
final class LostImages {

  private static final String FLAG = "lost_" + LostTryException.IMAGE;
  private static final int TASKS_SHOWN = 8;
  private static final int LINE = 500;

  private final TreeMap<String, String> reasons = new TreeMap<>();
  private int trials;

  LostImages(List<TrialRow> rows) {
    for (TrialRow row : rows) {
      Optional<TrialRecord> result = row.result().filter(found -> found.flags().contains(FLAG));
      if (result.isPresent()) {
        trials++;
        reasons.putIfAbsent(row.task(), result.get().reason());
      }
    }
  }

  int trials() {
    return trials;
  }

  /** Why, by task. */
  Map<String, String> reasons() {
    return reasons;
  }

  /**
   * Says what and why, and what to do.
   *
   * @param again the command that tries lost trials again
   */
  UserError error(String again) {
    StringBuilder what = new StringBuilder();
    what.append(trials == 1 ? "1 trial was" : trials + " trials were")
        .append(" lost, since ")
        .append(reasons.size() == 1 ? "a task" : reasons.size() + " tasks")
        .append(" could not be prepared; the others ran");
    reasons.entrySet().stream()
        .limit(TASKS_SHOWN)
        .forEach(
            entry -> {
              what.append("\n  task ").append(Cli.safe(entry.getKey(), 60)).append(": ");
              what.append(String.join("\n    | ", Cli.safeLines(entry.getValue(), LINE)));
            });
    if (reasons.size() > TASKS_SHOWN) {
      what.append("\n  and ").append(reasons.size() - TASKS_SHOWN).append(" more");
    }
    return new UserError(
        "",
        what.toString(),
        "mend the task and start a new run, since a changed task is another task; when the cause"
            + " lay outside it (the network, say), "
            + again
            + " tries these trials again");
  }
}
