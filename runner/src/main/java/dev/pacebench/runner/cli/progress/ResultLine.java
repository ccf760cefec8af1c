package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TrialRecord;
import java.util.Locale;

/** Words one finished trial. */
final class ResultLine {

  private static final int NAME = 48;

  private ResultLine() {}

  static String of(TrialRecord result, int done, int total) {
    Double agent = result.agentSeconds();
    String seconds = agent == null ? "no agent phase" : Durations.seconds(agent);
    String tries = result.tries() > 1 ? ", " + result.tries() + " tries" : "";
    String why =
        result.solved() || result.reason().isBlank()
            ? ""
            : ": " + SafeText.terminal(result.reason(), 160);
    return "["
        + done
        + "/"
        + total
        + "] "
        + SafeText.terminal(result.task(), NAME)
        + "  "
        + SafeText.terminal(result.contender(), NAME)
        + "  attempt "
        + result.attempt()
        + "  "
        + result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + "  "
        + seconds
        + tries
        + why;
  }
}
