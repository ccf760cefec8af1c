package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.pairs.PairedDifference;
import dev.pacebench.leaderboard.pairs.PairedTasks;
import dev.pacebench.leaderboard.pairs.Power;
import dev.pacebench.leaderboard.pairs.Variances;
import dev.pacebench.leaderboard.table.FigureText;
import dev.pacebench.runner.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * The variances that a plan rests on.
 *
 * @param power the variances
 * @param source where they are from, in words
 * @param measured {@code run} when both were measured, {@code between} when only that between tasks
 *     was, {@code no} when neither
 * @param pairs of contenders that were measured
 */
record PlanVariances(Power power, String source, String measured, int pairs) {

  static PlanVariances published() {
    return new PlanVariances(
        Power.PUBLIC, "public results of pairs of models under one harness", "no", 0);
  }

  /**
   * The mean over all pairs of contenders of a task set.
   *
   * @throws UserError when no pair can be measured
   */
  static PlanVariances of(Competitors all) {
    List<Variances> found = new ArrayList<>();
    List<Entrant> entrants = all.all().stream().filter(one -> informative(all.row(one))).toList();
    for (int i = 0; i < entrants.size(); i++) {
      for (int j = i + 1; j < entrants.size(); j++) {
        Entrant a = entrants.get(i);
        Entrant b = entrants.get(j);
        if (a.taskSet().equals(b.taskSet())) {
          PairedTasks tasks = PairedTasks.of(a.sample(), b.sample());
          if (tasks.tasks() >= PairedDifference.FEWEST_TASKS) {
            found.add(Variances.of(tasks));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new UserError(
          String.join(", ", all.runIds()),
          "has no two contenders with "
              + PairedDifference.FEWEST_TASKS
              + " tasks in common that each solved some of, so nothing can be measured",
          "name another run, or leave -r out to plan with public figures");
    }
    return of(found, String.join(", ", all.runIds()));
  }

  private static PlanVariances of(List<Variances> found, String runs) {
    double between = mean(found.stream().map(Variances::between).toList());
    List<Double> within = found.stream().flatMap(one -> one.within().stream().boxed()).toList();
    String source =
        FigureText.count(found.size(), "pair") + " of contenders of " + Cli.safe(runs, 60);
    if (!within.isEmpty()) {
      return new PlanVariances(new Power(between, mean(within)), source, "run", found.size());
    }
    // One attempt tells nothing of what another would have done; all of the variance is in one sum.
    double published = Power.PUBLIC.within();
    return new PlanVariances(
        new Power(Math.max(0, between - 2 * published), published),
        source + " with one attempt a task, so that within a task is from public results",
        "between",
        found.size());
  }

  /** One that solves all or nothing, such as a reference solution, is no model of a contender. */
  private static boolean informative(TableRow row) {
    return row.solved() > 0 && row.solved() < row.trials() - row.lost();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }
}
