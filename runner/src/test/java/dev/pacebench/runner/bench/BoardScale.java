package dev.pacebench.runner.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Computes boards of many trials in a process whose memory and cores are limited from outside. */
public final class BoardScale {

  /** How many trials, in which shape. */
  record Shape(int tasks, int contenders, int attempts) {
    int trials() {
      return tasks * contenders * attempts;
    }

    static Shape of(String text) {
      String[] parts = text.split("x");
      return new Shape(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
  }

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private BoardScale() {}

  /** Prints shape, seconds and seconds of processor time of the quickest of some boards each. */
  public static void main(String[] args) {
    Board.of(columns(new Shape(200, 10, 5)), List.of(), BoardOptions.TABLE);
    Board.of(columns(new Shape(50, 20, 2)), List.of(), BoardOptions.TABLE);
    for (String arg : args) {
      Shape shape = Shape.of(arg);
      TrialColumns columns = columns(shape);
      double best = Double.POSITIVE_INFINITY;
      double leastCpu = Double.POSITIVE_INFINITY;
      for (int i = 0; i < (shape.trials() > 100_000 ? 3 : 20); i++) {
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        Board board = Board.of(columns, List.of(), BoardOptions.TABLE);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
        leastCpu = Math.min(leastCpu, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
        if (board.used() != shape.trials()) {
          throw new IllegalStateException("only " + board.used() + " trials used");
        }
      }
      System.out.println(String.format(Locale.ROOT, "%s %.6f %.6f", arg, best, leastCpu));
    }
  }

  static TrialColumns columns(Shape shape) {
    TrialColumns columns = new TrialColumns();
    SplittableRandom random = new SplittableRandom(1);
    for (int attempt = 1; attempt <= shape.attempts(); attempt++) {
      for (int task = 0; task < shape.tasks(); task++) {
        for (int contender = 0; contender < shape.contenders(); contender++) {
          columns.add(record("r", task, contender, attempt, random));
        }
      }
    }
    return columns;
  }

  /** About as much as a trial with a model has. */
  static TrialRecord record(
      String run, int task, int contender, int attempt, SplittableRandom random) {
    double chance = 0.05 + 0.9 * ((task * 37 + contender * 11) % 100) / 100.0;
    double seconds = 10 * Math.exp(4.5 * random.nextDouble());
    int draw = random.nextInt(200);
    Outcome outcome =
        draw == 0
            ? Outcome.LOST
            : random.nextDouble() < chance
                ? Outcome.SOLVED
                : draw < 60 ? Outcome.TIMED_OUT : Outcome.FAILED;
    double time = outcome == Outcome.TIMED_OUT ? 900 : seconds;
    Map<String, Double> timeline = new TreeMap<>();
    timeline.put("agent_start", 0.1);
    timeline.put("connect", 0.2);
    timeline.put("wait_first", 0.3 * time);
    timeline.put("answer_stream", 0.4 * time);
    timeline.put("tool_exec", 0.2 * time);
    timeline.put("verify", 4.0);
    Map<String, Double> figures = new TreeMap<>();
    figures.put("calls", 12.0);
    figures.put("output_tokens", 40 * time);
    figures.put("tokens_per_second_median", 100.0);
    figures.put("first_token_seconds_median", 0.02 * time);
    figures.put("instrument_error_ms", 0.1);
    figures.put("model_seconds", 0.7 * time);
    figures.put("tool_seconds", 0.2 * time);
    figures.put("waiting_seconds", 0.0);
    figures.put("overhead_seconds", 0.1);
    figures.put("other_seconds", 0.0);
    return new TrialRecord(
        run,
        "scale",
        "task-" + task,
        "sha256:task" + task,
        "contender-" + contender,
        "sha256:contender" + contender,
        "sha256:conditions" + task,
        attempt,
        outcome,
        outcome == Outcome.LOST ? null : "finished",
        outcome == Outcome.SOLVED,
        outcome == Outcome.LOST ? null : time,
        time + 10,
        1,
        true,
        900,
        "separate",
        Map.of("reward", outcome == Outcome.SOLVED ? 1.0 : 0.0),
        draw == 7 ? List.of("worked_after_end") : List.of(),
        timeline,
        Map.of("difficulty", task % 2 == 0 ? "easy" : "hard"),
        Map.of(
            "image", "sha256:image" + task, "cpus", "1", "memory_mb", "2048", "sandbox", "docker"),
        figures,
        "the verifier gave reward",
        Instant.EPOCH.plusSeconds(attempt),
        "runs/" + run + "/trials/task-" + task + ".contender-" + contender + "." + attempt);
  }
}
