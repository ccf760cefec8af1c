package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TrialRecord;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One line of CSV per trial, with the keys that every export has. */
final class CsvExport {

  static final String HEADING =
      "run,task_set,task,contender,attempt,outcome,ended,solved,agent_seconds,wall_seconds,tries,"
          + "simulated,limit_seconds,verification,flags,task_digest,contender_digest,"
          + "conditions_digest,started_at,evidence";

  private static final int WIDEST = 1000;

  private CsvExport() {}

  static String line(TrialRecord result) {
    return List.of(
            text(result.run()),
            text(result.taskSet()),
            text(result.task()),
            text(result.contender()),
            Integer.toString(result.attempt()),
            result.outcome().name(),
            text(result.ended()),
            Boolean.toString(result.solved()),
            number(result.agentSeconds()),
            number(result.wallSeconds()),
            Integer.toString(result.tries()),
            Boolean.toString(result.simulated()),
            number(result.limitSeconds()),
            text(result.verification()),
            text(String.join(" ", result.flags())),
            text(result.taskDigest()),
            text(result.contenderDigest()),
            text(result.conditionsDigest()),
            text(result.startedAt().toString()),
            text(result.evidence()))
        .stream()
        .collect(Collectors.joining(","));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : SafeText.csv(value, WIDEST);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
