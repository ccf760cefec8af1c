package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes trial records for tests of boards; the limit is 600 s unless said otherwise. */
final class Made {

  private Made() {}

  /** Seeded trials of some contenders at tasks of differing difficulty, by task, then contender. */
  static List<TrialRecord> trials(String run, int tasks, int attempts, String... contenders) {
    List<TrialRecord> trials = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(run.hashCode() * 31L + tasks);
    for (int task = 0; task < tasks; task++) {
      double chance = 0.1 + 0.8 * task / tasks;
      for (int attempt = 1; attempt <= attempts; attempt++) {
        for (String contender : contenders) {
          double seconds = 5 * Math.exp(4 * random.nextDouble());
          Outcome outcome =
              random.nextDouble() < chance
                  ? Outcome.SOLVED
                  : random.nextInt(3) == 0 ? Outcome.TIMED_OUT : Outcome.FAILED;
          double time = outcome == Outcome.TIMED_OUT ? 600 : seconds;
          trials.add(trial(run, contender, task, attempt, outcome, time));
        }
      }
    }
    return trials;
  }

  static TrialRecord trial(
      String run, String contender, int task, int attempt, Outcome outcome, double seconds) {
    return make(
        run,
        contender,
        "task-%02d".formatted(task),
        attempt,
        outcome,
        seconds,
        600,
        Map.of(),
        Map.of(),
        Map.of());
  }

  static TrialRecord withLimit(TrialRecord trial, double limit) {
    Double seconds = trial.agentSeconds();
    boolean late = seconds != null && seconds > limit;
    return make(
        trial.run(),
        trial.contender(),
        trial.task(),
        trial.attempt(),
        late ? Outcome.TIMED_OUT : trial.outcome(),
        late ? Double.valueOf(limit) : seconds,
        limit,
        trial.labels(),
        trial.timeline(),
        trial.figures());
  }

  static TrialRecord withLabels(TrialRecord trial, Map<String, String> labels) {
    return make(
        trial.run(),
        trial.contender(),
        trial.task(),
        trial.attempt(),
        trial.outcome(),
        trial.agentSeconds(),
        trial.limitSeconds(),
        labels,
        trial.timeline(),
        trial.figures());
  }

  static TrialRecord withFigures(
      TrialRecord trial, Map<String, Double> timeline, Map<String, Double> figures) {
    return make(
        trial.run(),
        trial.contender(),
        trial.task(),
        trial.attempt(),
        trial.outcome(),
        trial.agentSeconds(),
        trial.limitSeconds(),
        trial.labels(),
        timeline,
        figures);
  }

  static TrialRecord make(
      String run,
      String contender,
      String task,
      int attempt,
      Outcome outcome,
      @Nullable Double seconds,
      double limit,
      Map<String, String> labels,
      Map<String, Double> timeline,
      Map<String, Double> figures) {
    return new TrialRecord(
        run,
        "set",
        task,
        "t-" + task,
        contender,
        "d-" + contender,
        "c",
        attempt,
        outcome,
        "finished",
        outcome == Outcome.SOLVED,
        seconds,
        1,
        1,
        false,
        limit,
        "separate",
        Map.of(),
        List.of(),
        timeline,
        labels,
        Map.of("image", "i"),
        figures,
        "as the test wants it",
        Instant.EPOCH,
        "evidence");
  }
}
