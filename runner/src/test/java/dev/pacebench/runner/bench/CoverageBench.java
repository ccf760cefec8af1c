package dev.pacebench.runner.bench;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.Grouping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * How often intervals hold the truth when it is known: tasks are drawn from a population, boards
 * made of them.
 *
 * <p>A task's chance is drawn from Beta(0.55, 0.45), so that most tasks are nearly always or hardly
 * ever solved as real ones are (intraclass correlation 0.5); three attempts each. A solved trial's
 * time is log-uniform from 10 to 900 s, so half of them lie within 95 s.
 */
final class CoverageBench {

  private static final double FIRST = 0.55;
  private static final double SECOND = 0.45;
  private static final int ATTEMPTS = 3;
  private static final double SHORTEST = 10;
  private static final double LIMIT = 900;
  private static final double BUDGET = 95;
  private static final BoardOptions OPTIONS =
      new BoardOptions(Grouping.NONE, 1_000, List.of(BUDGET));

  private CoverageBench() {}

  static void run(boolean quick, List<Result> results) {
    for (int tasks : new int[] {20, 89, 500}) {
      int boards = quick ? 300 : 2_000;
      LongAdder accuracy = new LongAdder();
      LongAdder within = new LongAdder();
      IntStream.range(0, boards).parallel().forEach(i -> one(tasks, i, accuracy, within));
      results.add(covered("accuracy", tasks, accuracy.sum(), boards));
      results.add(covered("accuracy within 95 s", tasks, within.sum(), boards));
    }
  }

  private static Result covered(String what, int tasks, long held, int boards) {
    double percent = 100.0 * held / boards;
    return new Result(
        "stats",
        "95 % intervals of " + what + " that hold the truth, " + tasks + " tasks",
        percent,
        "%",
        "92-98",
        percent >= 92 && percent <= 98);
  }

  private static void one(int tasks, int seed, LongAdder accuracy, LongAdder within) {
    SplittableRandom random = new SplittableRandom(1_000_003L * tasks + seed);
    TrialColumns columns = new TrialColumns();
    for (int task = 0; task < tasks; task++) {
      double chance = beta(random);
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        double seconds = SHORTEST * Math.pow(LIMIT / SHORTEST, random.nextDouble());
        boolean solved = random.nextDouble() < chance;
        // The digest seeds the bootstrap, which must not be the same for all boards.
        columns.add(trial(seed, task, attempt, solved, seconds));
      }
    }
    BoardRow row = Board.of(columns, List.of(), OPTIONS).rows().get(0);
    double truth = FIRST / (FIRST + SECOND);
    row.row()
        .interval()
        .filter(interval -> interval.lo() <= truth && truth <= interval.hi())
        .ifPresent(interval -> accuracy.increment());
    double truthWithin = truth * Math.log(BUDGET / SHORTEST) / Math.log(LIMIT / SHORTEST);
    row.accuracyAt(BUDGET)
        .flatMap(AtBudget::band)
        .filter(band -> band.lo() <= truthWithin && truthWithin <= band.hi())
        .ifPresent(band -> within.increment());
  }

  /** Johnk's way, which suits parameters below one. */
  private static double beta(SplittableRandom random) {
    while (true) {
      double x = Math.pow(random.nextDouble(), 1 / FIRST);
      double y = Math.pow(random.nextDouble(), 1 / SECOND);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }

  private static TrialRecord trial(
      int seed, int task, int attempt, boolean solved, double seconds) {
    return new TrialRecord(
        "r",
        "coverage",
        "task-" + task,
        "task-" + task + "-" + seed,
        "contender",
        "d",
        "c",
        attempt,
        solved ? Outcome.SOLVED : Outcome.FAILED,
        "finished",
        solved,
        seconds,
        seconds,
        1,
        true,
        LIMIT,
        "separate",
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        "drawn",
        Instant.EPOCH,
        "");
  }
}
