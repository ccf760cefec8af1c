package dev.pacebench.runner.cli;

import static dev.pacebench.leaderboard.table.FigureText.ABSENT;
import static dev.pacebench.leaderboard.table.FigureText.count;
import static dev.pacebench.leaderboard.table.FigureText.p;
import static dev.pacebench.leaderboard.table.FigureText.points;
import static dev.pacebench.leaderboard.table.FigureText.share;
import static dev.pacebench.leaderboard.table.FigureText.size;
import static dev.pacebench.leaderboard.table.FigureText.span;
import static dev.pacebench.leaderboard.table.FigureText.times;

import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.pairs.BudgetGap;
import dev.pacebench.leaderboard.pairs.Cascade;
import dev.pacebench.leaderboard.pairs.EqualAccuracy;
import dev.pacebench.leaderboard.pairs.McNemar;
import dev.pacebench.leaderboard.pairs.PairedDifference;
import dev.pacebench.leaderboard.pairs.PairedTasks;
import dev.pacebench.leaderboard.pairs.Restarts;
import dev.pacebench.leaderboard.pairs.TimeRatio;
import dev.pacebench.leaderboard.table.FigureText;
import dev.pacebench.leaderboard.table.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints a comparison for people. */
final class CompareText {

  private static final int COLUMNS = 96;
  private static final int SHOWN = 10;
  private static final int NAME = 40;

  private final Cli cli;
  private final Compared compared;

  CompareText(Cli cli, Compared compared) {
    this.cli = cli;
    this.compared = compared;
  }

  /** Everything, the verdict first. */
  void print(@Nullable TimeBudget asked) {
    heading();
    cli.line("");
    cli.line(
        FigureText.wrapped(
            Verdict.of(
                compared.a(),
                compared.b(),
                compared.pair(),
                compared.pairs(),
                compared.holmP(),
                compared.limit()),
            COLUMNS));
    cli.line("");
    accuracy(asked);
    tests();
    cli.line("");
    time();
    levels();
    cli.line("");
    restarts();
    duels(true);
    duels(false);
  }

  private void heading() {
    PairedTasks tasks = compared.pair().tasks();
    cli.line(Cli.safe(compared.taskSet(), 60) + ", " + count(tasks.tasks(), "task") + " in common");
    cli.line("  A  " + side(compared.a()));
    cli.line("  B  " + side(compared.b()));
    if (tasks.onlyA() + tasks.onlyB() + tasks.lost() > 0) {
      cli.line(
          "  left out: "
              + tasks.onlyA()
              + " tasks that only A attempted, "
              + tasks.onlyB()
              + " that only B did, "
              + tasks.lost()
              + " of which one has nothing but lost trials");
    }
    if (tasks.clusters() < tasks.tasks()) {
      cli.line(
          "  errors are taken as shared within a repository; of those there are "
              + tasks.clusters());
    }
  }

  private static String side(TableRow row) {
    return Cli.safe(row.name(), NAME)
        + (row.simulated() ? "  SIMULATED" : "")
        + "  "
        + count(row.trials(), "trial")
        + (row.lost() > 0 ? ", " + row.lost() + " LOST" : "")
        + row.differs().map(differs -> "; " + Cli.safe(differs, 60)).orElse("");
  }

  private void accuracy(@Nullable TimeBudget asked) {
    PairedDifference difference = compared.pair().difference();
    Columns columns = new Columns("solved", "A", "B", "A - B, points", "95 %");
    columns.row(
        "in all",
        share(compared.pair().accuracyA()),
        share(compared.pair().accuracyB()),
        points(difference.mean()),
        difference.interval().map(FigureText::points).orElse(ABSENT));
    BudgetGap gap = compared.pair().gap();
    List<Double> shown =
        TellingBudgets.of(
            asked,
            compared.limit(),
            List.of(
                seconds -> gap.at(seconds).map(BudgetGap.Point::a).orElse(0.0),
                seconds -> gap.at(seconds).map(BudgetGap.Point::b).orElse(0.0)));
    for (double budget : shown) {
      Optional<BudgetGap.Point> at = gap.at(budget);
      columns.row(
          "within " + span(budget),
          share(at.map(BudgetGap.Point::a).orElse(0.0)),
          share(at.map(BudgetGap.Point::b).orElse(0.0)),
          points(at.map(BudgetGap.Point::difference).orElse(0.0)),
          at.flatMap(BudgetGap.Point::here).map(FigureText::points).orElse(ABSENT));
    }
    cli.out().print(columns.text());
  }

  private void tests() {
    PairedDifference difference = compared.pair().difference();
    StringBuilder chance = new StringBuilder("by chance  ");
    difference.p().ifPresent(p -> chance.append("t ").append(p(p)).append(", "));
    chance.append("sign flips ").append(p(difference.flipP()));
    if (compared.pairs() > 1) {
      chance.append("; Holm over ").append(compared.pairs()).append(" pairs ");
      chance.append(p(compared.holmP()));
    }
    cli.line(chance.toString());
    McNemar test = compared.pair().mcNemar();
    cli.line(
        String.format(
            Locale.ROOT,
            "McNemar    %s, mid-%s; only A %d, only B %d, both %d, neither %d%s",
            p(test.p()),
            p(test.midP()),
            test.onlyA(),
            test.onlyB(),
            test.both(),
            test.neither(),
            test.majority() ? " (by majority)" : ""));
    cli.line(
        "can see    "
            + (difference.detectable().isPresent()
                ? size(difference.detectable().getAsDouble()) + " points, 8 times of 10"
                : ABSENT));
    BudgetGap gap = compared.pair().gap();
    for (BudgetGap.Lead lead : gap.leads()) {
      cli.line(
          "ahead      "
              + (lead.byA() ? "A" : "B")
              + " from "
              + span(lead.from())
              + " to "
              + span(lead.to())
              + ", by a band over all budgets at once");
    }
    int most = Math.min(SHOWN, gap.crossings().size());
    for (BudgetGap.Crossing crossing : gap.crossings().subList(0, most)) {
      cli.line(
          "crossing   " + (crossing.toA() ? "A" : "B") + " leads from " + span(crossing.seconds()));
    }
  }

  private void time() {
    Optional<TimeRatio> found = compared.pair().timeRatio();
    if (found.isEmpty()) {
      cli.line("time       no task was solved by both");
      return;
    }
    TimeRatio ratio = found.get();
    cli.line(
        "time A / B on "
            + count(ratio.tasks(), "task")
            + " that both solved: "
            + times(ratio.ratio())
            + " (95 % "
            + ratio.interval().map(FigureText::times).orElse(ABSENT)
            + "); of sums "
            + times(ratio.ofSums())
            + (ratio.signedRankP().isPresent()
                ? "; Wilcoxon " + p(ratio.signedRankP().getAsDouble())
                : ""));
  }

  private void levels() {
    List<EqualAccuracy.Level> levels = compared.pair().equalAccuracy().levels();
    if (levels.isEmpty()) {
      cli.line("speed-up at equal accuracy: not identified, below 10 % in common");
      return;
    }
    Columns columns = new Columns("to solve", "A needs", "B needs", "A sooner by", "95 %");
    for (EqualAccuracy.Level level : levels) {
      columns.row(
          String.format(Locale.ROOT, "%.0f %%", 100 * level.accuracy()),
          span(level.secondsA()),
          span(level.secondsB()),
          times(level.speedUp()) + "x",
          level.interval().map(FigureText::times).orElse("not identified"));
    }
    cli.out().print(columns.text());
  }

  private void restarts() {
    if (compared.pair().restartsA().isEmpty() || compared.pair().restartsB().isEmpty()) {
      return;
    }
    Columns columns =
        new Columns("with a judge", "one try", "2 tries", "3 tries", "until solved", "best cutoff");
    columns.row(restarts("A anew", compared.pair().restartsA().get()));
    columns.row(restarts("B anew", compared.pair().restartsB().get()));
    cli.out().print(columns.text());
    compared.pair().cascadeAThenB().ifPresent(cascade -> cascade("A, then B", "B", cascade));
    compared.pair().cascadeBThenA().ifPresent(cascade -> cascade("B, then A", "A", cascade));
  }

  private static String[] restarts(String name, Restarts restarts) {
    return new String[] {
      name,
      span(restarts.secondsOfOne()),
      tries(restarts.capped().get(1)),
      tries(restarts.capped().get(2)),
      restarts.neverSolved() > 0
          ? "never on " + count(restarts.neverSolved(), "task")
          : span(restarts.secondsUntilSolved()),
      restarts
          .cutoff()
          .map(cutoff -> span(cutoff.seconds()) + " at " + span(cutoff.after()))
          .orElse(ABSENT)
    };
  }

  private static String tries(Restarts.Capped capped) {
    return span(capped.seconds()) + ", " + share(capped.solved());
  }

  private void cascade(String name, String second, Cascade cascade) {
    cli.line(
        name
            + ": "
            + span(cascade.seconds())
            + " in place of "
            + span(cascade.secondsAlone())
            + " with "
            + second
            + " alone, "
            + times(cascade.speedUp())
            + "x"
            + (Double.isFinite(cascade.ceiling())
                ? ", never above " + times(cascade.ceiling()) + "x"
                : "")
            + "; "
            + share(cascade.solved())
            + " solved");
  }

  private void duels(boolean won) {
    List<TaskDuel> duels =
        compared.duels().stream().filter(duel -> duel.difference() > 0 == won).toList();
    if (duels.isEmpty()) {
      return;
    }
    cli.line("");
    cli.line(
        count(duels.size(), "task") + (won ? " on which A did better" : " on which B did better"));
    for (TaskDuel duel : duels.subList(0, Math.min(SHOWN, duels.size()))) {
      cli.line(
          "  "
              + Cli.safe(duel.task(), 60)
              + "  A "
              + duel.solvedA()
              + "/"
              + duel.trialsA()
              + ", B "
              + duel.solvedB()
              + "/"
              + duel.trialsB());
      cli.line("    A " + Cli.safe(duel.telling(true), 160));
      cli.line("    B " + Cli.safe(duel.telling(false), 160));
    }
    if (duels.size() > SHOWN) {
      cli.line("  ... " + (duels.size() - SHOWN) + " more; --json has all");
    }
  }
}
