package dev.pacebench.runner.cli;

import static dev.pacebench.leaderboard.table.FigureText.ABSENT;
import static dev.pacebench.leaderboard.table.FigureText.count;
import static dev.pacebench.leaderboard.table.FigureText.share;
import static dev.pacebench.leaderboard.table.FigureText.span;
import static dev.pacebench.leaderboard.table.FigureText.times;

import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.Times;
import dev.pacebench.leaderboard.table.FigureText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints an estimate for people; says that it is one in the first word and in every column. */
final class WhatIfText {

  private static final int COLUMNS = 96;

  private final WhatIf.Result result;

  WhatIfText(WhatIf.Result result) {
    this.result = result;
  }

  List<String> lines(@Nullable TimeBudget asked) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Cli.safe(result.measured().row().taskSet(), 60)
            + ", "
            + count(result.trials(), "trial")
            + " of "
            + count(result.measured().row().tasks(), "task")
            + ", "
            + count(result.calls(), "call")
            + (result.measured().simulated() ? "; SIMULATED" : ""));
    table(asked).text().lines().forEach(lines::add);
    amdahl().forEach(sentence -> wrap(lines, sentence));
    open().forEach(sentence -> wrap(lines, sentence));
    return lines;
  }

  private static void wrap(List<String> lines, String sentence) {
    FigureText.wrapped(sentence, COLUMNS).lines().forEach(lines::add);
  }

  private Columns table(@Nullable TimeBudget asked) {
    Columns columns = new Columns("", "measured", "ESTIMATE", "estimate, 95 %");
    columns.row(
        "solved",
        accuracy(result.measured()),
        between(accuracy(result.least()), accuracy(result.most())),
        band(
            result.least().intervals().headline().map(i -> i.shownLo()).orElse(Double.NaN),
            result.most().intervals().headline().map(i -> i.shownHi()).orElse(Double.NaN)));
    double longest =
        result.measured().curve().size() == 0
            ? 0
            : result.measured().curve().seconds(result.measured().curve().size() - 1);
    List<Double> shown =
        TellingBudgets.of(
            asked,
            longest,
            List.of(curve(result.measured()), curve(result.least()), curve(result.most())));
    for (double budget : shown) {
      AtBudget least = result.least().accuracyAt(budget).orElse(null);
      AtBudget most = result.most().accuracyAt(budget).orElse(null);
      columns.row(
          "  within " + span(budget),
          result.measured().accuracyAt(budget).map(at -> share(at.accuracy())).orElse(ABSENT),
          least == null || most == null
              ? ABSENT
              : between(share(least.accuracy()), share(most.accuracy())),
          least == null || most == null
              ? ABSENT
              : band(
                  least.band().map(i -> i.shownLo()).orElse(Double.NaN),
                  most.band().map(i -> i.shownHi()).orElse(Double.NaN)));
    }
    time(columns, "median of solved", Times::medianSolved);
    time(columns, "median of all", Times::medianAll);
    time(columns, "P90 of all", Times::p90All);
    time(columns, "mean of all", Times::meanAll);
    return columns;
  }

  private static DoubleUnaryOperator curve(BoardRow row) {
    return seconds -> row.accuracyAt(seconds).map(AtBudget::accuracy).orElse(0.0);
  }

  private void time(Columns columns, String name, Function<Times, OptionalDouble> figure) {
    OptionalDouble most = figure.apply(result.most().times());
    OptionalDouble least = figure.apply(result.least().times());
    boolean turned = most.orElse(0) > least.orElse(0);
    columns.row(
        name,
        seconds(figure.apply(result.measured().times())),
        between(seconds(turned ? least : most), seconds(turned ? most : least)),
        "");
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isPresent() ? span(seconds.getAsDouble()) : ABSENT;
  }

  private static String accuracy(BoardRow row) {
    OptionalDouble accuracy = row.row().accuracy();
    return accuracy.isPresent() ? share(accuracy.getAsDouble()) : ABSENT;
  }

  private static String between(String one, String other) {
    return one.equals(other) ? one : one + " to " + other;
  }

  private static String band(double lo, double hi) {
    return Double.isNaN(lo) || Double.isNaN(hi) ? ABSENT : share(lo) + " to " + share(hi);
  }

  private List<String> amdahl() {
    List<String> said = new ArrayList<>();
    double ceiling = result.ceiling();
    said.add(
        "The model is "
            + share(result.modelShare())
            + " of the time"
            + (ceiling < 1e3 ? ": no tier can be faster than " + times(ceiling) + "x" : "")
            + ". Generating alone is "
            + share(result.generatingShare())
            + ": endless tokens per second make it "
            + times(Math.min(999, result.generatingCeiling()))
            + "x faster"
            + (result.speedUp() > 0 ? "; this tier makes it " + times(result.speedUp()) + "x" : "")
            + ".");
    return said;
  }

  private List<String> open() {
    List<String> said = new ArrayList<>();
    if (result.openLate() > 0) {
      said.add(
          "Not known: "
              + count(result.openLate(), "trial")
              + " ran out of time and would have some left under this tier. What would have followed"
              + " is in no record, so figures run from none of them solved to all of them, as soon as"
              + " what was done would have been.");
    }
    if (result.openAtLimit() > 0) {
      said.add(
          "Not known: "
              + count(result.openAtLimit(), "trial")
              + " passed with what was there at the limit; more or less time may spoil that.");
    }
    if (result.nowLate() > 0) {
      said.add(
          count(result.nowLate(), "solved trial")
              + (result.nowLate() == 1 ? " comes" : " come")
              + " after the limit under this tier and "
              + (result.nowLate() == 1 ? "counts" : "count")
              + " as out of time.");
    }
    if (result.asMeasured() > 0) {
      said.add(
          count(result.asMeasured(), "call")
              + " stayed as measured, since too little is recorded of them.");
    }
    if (result.unread() > 0) {
      said.add(
          "The calls of "
              + count(result.unread(), "trial")
              + " cannot be read; they stayed as"
              + " measured.");
    }
    return said;
  }
}
