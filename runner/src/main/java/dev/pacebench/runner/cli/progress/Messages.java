package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.runner.plan.PlannedTrial;

/** Words what both views say alike. */
final class Messages {

  private Messages() {}

  static String lostTry(PlannedTrial trial, int tryNumber, String cause) {
    return "lost try "
        + tryNumber
        + " of "
        + SafeText.terminal(trial.id(), 80)
        + ": "
        + SafeText.terminal(cause, 160);
  }

  static String suspended(String contender, String cause) {
    return "suspended contender "
        + SafeText.terminal(contender, 80)
        + ": "
        + SafeText.terminal(cause, 160);
  }
}
