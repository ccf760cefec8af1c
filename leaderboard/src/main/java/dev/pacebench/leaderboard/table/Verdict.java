package dev.pacebench.leaderboard.table;

import static dev.pacebench.leaderboard.table.FigureText.points;
import static dev.pacebench.leaderboard.table.FigureText.share;
import static dev.pacebench.leaderboard.table.FigureText.size;
import static dev.pacebench.leaderboard.table.FigureText.span;
import static dev.pacebench.leaderboard.table.FigureText.times;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.pairs.BudgetGap;
import dev.pacebench.leaderboard.pairs.EqualAccuracy;
import dev.pacebench.leaderboard.pairs.Pair;
import dev.pacebench.leaderboard.pairs.PairedDifference;
import dev.pacebench.leaderboard.pairs.Range;
import dev.pacebench.leaderboard.pairs.TimeRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a comparison comes to, in plain words that claim no more than the figures do.
 *
 * <p>Names the better one first, so that it reads the same whichever contender was named first.
 */
public final class Verdict {

  private static final double MOST_CHANCE = 0.05;
  private static final int NAME = 40;

  private final TableRow rowA;
  private final TableRow rowB;
  private final Pair pair;
  private final int pairs;
  private final double holmP;
  private final double limit;
  private final String a;
  private final String b;
  private final List<String> said = new ArrayList<>();

  private Verdict(TableRow rowA, TableRow rowB, Pair pair, int pairs, double holmP, double limit) {
    this.rowA = rowA;
    this.rowB = rowB;
    this.pair = pair;
    this.pairs = pairs;
    this.holmP = holmP;
    this.limit = limit;
    this.a = SafeText.terminal(rowA.name(), NAME);
    this.b = SafeText.terminal(rowB.name(), NAME);
  }

  /**
   * Sentences.
   *
   * @param pairs of contenders, all of which Holm's adjustment looks at
   * @param holmP of the difference in accuracy
   * @param limit beyond which nothing is known
   */
  public static String of(
      TableRow a, TableRow b, Pair pair, int pairs, double holmP, double limit) {
    Verdict verdict = new Verdict(a, b, pair, pairs, holmP, limit);
    verdict.accuracy();
    verdict.budgets();
    verdict.time();
    verdict.marks();
    return String.join(" ", verdict.said);
  }

  private static Range turned(Range range) {
    return new Range(-range.hi(), -range.lo());
  }

  private void accuracy() {
    PairedDifference difference = pair.difference();
    double mean = difference.mean();
    boolean aFirst = mean != 0 ? mean > 0 : a.compareTo(b) <= 0;
    String better = aFirst ? a : b;
    String worse = aFirst ? b : a;
    String shares =
        share(aFirst ? pair.accuracyA() : pair.accuracyB())
            + " against "
            + share(aFirst ? pair.accuracyB() : pair.accuracyA());
    int tasks = pair.tasks().tasks();
    if (difference.interval().isEmpty()) {
      said.add(
          FigureText.count(tasks, "task")
              + " in common "
              + (tasks == 1 ? "is" : "are")
              + " too few to say which solves more on tasks of this kind ("
              + PairedDifference.FEWEST_TASKS
              + " are the least): on these, "
              + better
              + " solved "
              + shares
              + " of "
              + worse
              + ".");
      return;
    }
    Range range = difference.interval().get();
    Range turned = aFirst ? range : turned(range);
    String interval = points(turned) + " points at 95 %";
    if (range.excludes(0)) {
      said.add(
          better
              + " solves more than "
              + worse
              + ": "
              + shares
              + ", "
              + size(mean)
              + " points ("
              + interval
              + ").");
      if (pairs > 1 && holmP >= MOST_CHANCE) {
        said.add(
            "Among all "
                + pairs
                + " pairs of contenders here such a difference can still be chance (Holm "
                + FigureText.p(holmP)
                + ").");
      }
    } else {
      String mde =
          difference.detectable().isPresent()
              ? "; this design could have seen "
                  + size(difference.detectable().getAsDouble())
                  + " points"
              : "";
      said.add(
          "Which of the two solves more cannot be told: "
              + better
              + " "
              + shares
              + " of "
              + worse
              + " ("
              + interval
              + ")"
              + mde
              + ".");
    }
  }

  private void budgets() {
    BudgetGap gap = pair.gap();
    if (pair.difference().interval().isEmpty()) {
      return;
    }
    if (gap.leads().isEmpty()) {
      said.add("At no time budget is either ahead beyond chance.");
    } else {
      String leads =
          gap.leads().stream()
              .map(lead -> (lead.byA() ? a : b) + " is ahead " + within(lead))
              .collect(Collectors.joining("; "));
      boolean everywhere =
          gap.leads().size() == 1
              && gap.leads().get(0).from() <= gap.points().get(0).seconds()
              && gap.leads().get(0).to() >= limit;
      said.add(leads + (everywhere ? "." : "; at other budgets this design cannot tell."));
    }
    List<BudgetGap.Crossing> crossings = gap.crossings();
    if (crossings.size() == 1) {
      BudgetGap.Crossing crossing = crossings.get(0);
      said.add(
          "As measured, the lead passes to "
              + (crossing.toA() ? a : b)
              + " at "
              + span(crossing.seconds())
              + ".");
    } else if (crossings.size() > 1) {
      said.add("As measured, the lead changes " + crossings.size() + " times.");
    }
  }

  private String within(BudgetGap.Lead lead) {
    if (lead.from() == lead.to()) {
      return "at a budget of " + span(lead.from());
    }
    return lead.to() >= limit
        ? "with budgets from " + span(lead.from()) + " on"
        : "with budgets from " + span(lead.from()) + " to " + span(lead.to());
  }

  private void time() {
    Optional<TimeRatio> ratio = pair.timeRatio();
    if (ratio.isEmpty()) {
      said.add("No task was solved by both, so their times cannot be compared.");
      return;
    }
    TimeRatio time = ratio.get();
    boolean aSlower = time.ratio() != 1 ? time.ratio() > 1 : a.compareTo(b) <= 0;
    String slower = aSlower ? a : b;
    String faster = aSlower ? b : a;
    String longer = times(aSlower ? time.ratio() : 1 / time.ratio()) + " times as long as ";
    String solved = "On the " + FigureText.count(time.tasks(), "task") + " that both solved, ";
    if (time.interval().isEmpty()) {
      said.add(
          solved
              + slower
              + " took "
              + longer
              + faster
              + ", of which nothing can be said beyond "
              + (time.tasks() == 1 ? "it." : "these."));
    } else {
      Range range = time.interval().get();
      Range turned = aSlower ? range : new Range(1 / range.hi(), 1 / range.lo());
      said.add(
          range.excludes(1)
              ? solved + slower + " takes " + longer + faster + " (" + times(turned) + " at 95 %)."
              : solved
                  + "neither is faster beyond chance: "
                  + slower
                  + " "
                  + longer
                  + faster
                  + " ("
                  + times(turned)
                  + " at 95 %).");
    }
    equalAccuracy();
  }

  private void equalAccuracy() {
    Optional<EqualAccuracy.Level> level = pair.equalAccuracy().highestIdentified();
    if (level.isEmpty()) {
      said.add("A speed-up at equal accuracy is not identified.");
      return;
    }
    EqualAccuracy.Level at = level.get();
    boolean aSooner = at.speedUp() != 1 ? at.speedUp() > 1 : a.compareTo(b) <= 0;
    Range range = at.interval().orElseThrow();
    Range turned = aSooner ? range : new Range(1 / range.hi(), 1 / range.lo());
    said.add(
        String.format(
            java.util.Locale.ROOT,
            "To solve %.0f %%, %s needs %s and %s %s: %s times as soon (%s at 95 %%%s).",
            100 * at.accuracy(),
            aSooner ? a : b,
            span(aSooner ? at.secondsA() : at.secondsB()),
            aSooner ? b : a,
            span(aSooner ? at.secondsB() : at.secondsA()),
            times(aSooner ? at.speedUp() : 1 / at.speedUp()),
            times(turned),
            range.excludes(1) ? "" : ", so it may be chance"));
  }

  private void marks() {
    List<TableRow> both = List.of(rowA, rowB);
    List<String> greyed =
        both.stream()
            .filter(TableRow::greyed)
            .map(row -> SafeText.terminal(row.name(), NAME))
            .sorted()
            .toList();
    if (!greyed.isEmpty()) {
      said.add(
          "More than 2 % of the trials of "
              + String.join(" and of ", greyed)
              + " were lost: do not rely on this.");
    }
    List<String> simulated =
        both.stream()
            .filter(TableRow::simulated)
            .map(row -> SafeText.terminal(row.name(), NAME))
            .sorted()
            .toList();
    if (!simulated.isEmpty()) {
      said.add(
          (simulated.size() == 2 ? "Both are" : simulated.get(0) + " is")
              + " SIMULATED: this shows how Pacebench works, not how a model does.");
    }
  }
}
