package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.pairs.BudgetGap;
import dev.pacebench.leaderboard.pairs.Cascade;
import dev.pacebench.leaderboard.pairs.EqualAccuracy;
import dev.pacebench.leaderboard.pairs.McNemar;
import dev.pacebench.leaderboard.pairs.Pair;
import dev.pacebench.leaderboard.pairs.PairedDifference;
import dev.pacebench.leaderboard.pairs.Range;
import dev.pacebench.leaderboard.pairs.TimeRatio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Writes two contenders' comparison. */
final class PairJson {

  private final JsonOut out;

  PairJson(JsonOut out) {
    this.out = out;
  }

  /**
   * One pair.
   *
   * @param budgets how many the section's grid has, which may be more than both are known at
   */
  void write(SectionPairs.Compared compared, int budgets) {
    Pair pair = compared.pair();
    out.object().count("a", compared.a()).count("b", compared.b());
    out.count("tasks", pair.tasks().tasks());
    out.count("tasks_only_a", pair.tasks().onlyA()).count("tasks_only_b", pair.tasks().onlyB());
    out.count("tasks_lost", pair.tasks().lost()).count("clusters", pair.tasks().clusters());
    out.share("accuracy_a", pair.accuracyA()).share("accuracy_b", pair.accuracyB());
    difference(pair.difference(), compared.holm());
    mcNemar(pair.mcNemar());
    gap(pair.gap(), budgets);
    timeRatio(pair.timeRatio());
    out.array("equal_accuracy");
    pair.equalAccuracy().levels().forEach(this::level);
    out.endArray();
    cascade("cascade_a_b", pair.cascadeAThenB());
    cascade("cascade_b_a", pair.cascadeBThenA());
    out.text("verdict", compared.verdict()).endObject();
  }

  private void difference(PairedDifference difference, double holm) {
    out.share("difference", difference.mean());
    out.bounds("ci", difference.interval().map(it -> new double[] {it.lo(), it.hi()}));
    out.number("p", difference.decisiveP()).number("holm", holm);
    out.number("sign_flip_p", difference.flipP()).share("detectable", difference.detectable());
  }

  private void mcNemar(McNemar test) {
    out.object("mcnemar").count("only_a", test.onlyA()).count("only_b", test.onlyB());
    out.count("both", test.both()).count("neither", test.neither());
    out.number("p", test.p()).number("mid_p", test.midP());
    out.flag("majority", test.majority()).endObject();
  }

  private void gap(BudgetGap gap, int budgets) {
    List<BudgetGap.Point> points = gap.points();
    out.object("gap");
    along("d", points, budgets, BudgetGap.Point::difference);
    along("lo", points, budgets, point -> end(point.here(), true));
    along("hi", points, budgets, point -> end(point.here(), false));
    along("band_lo", points, budgets, point -> end(point.everywhere(), true));
    along("band_hi", points, budgets, point -> end(point.everywhere(), false));
    out.endObject().array("leads");
    for (BudgetGap.Lead lead : gap.leads()) {
      out.object().flag("a", lead.byA()).seconds("from", lead.from()).seconds("to", lead.to());
      out.endObject();
    }
    out.endArray().array("crossings");
    for (BudgetGap.Crossing crossing : gap.crossings()) {
      out.object().seconds("seconds", crossing.seconds()).flag("to_a", crossing.toA()).endObject();
    }
    out.endArray();
  }

  private static double end(Optional<Range> range, boolean lower) {
    return range.isEmpty() ? Double.NaN : lower ? range.get().lo() : range.get().hi();
  }

  private void along(
      String name,
      List<BudgetGap.Point> points,
      int budgets,
      ToDoubleFunction<BudgetGap.Point> figure) {
    double[] figures = new double[budgets];
    Arrays.fill(figures, Double.NaN);
    for (int g = 0; g < Math.min(budgets, points.size()); g++) {
      figures[g] = figure.applyAsDouble(points.get(g));
    }
    out.shares(name, figures);
  }

  private void timeRatio(Optional<TimeRatio> found) {
    if (found.isEmpty()) {
      out.nothing("time_ratio");
      return;
    }
    TimeRatio ratio = found.get();
    out.object("time_ratio").number("ratio", ratio.ratio());
    out.number("lo", end(ratio.interval(), true)).number("hi", end(ratio.interval(), false));
    out.count("tasks", ratio.tasks()).number("of_sums", ratio.ofSums());
    out.number("wilcoxon_p", ratio.signedRankP()).endObject();
  }

  private void level(EqualAccuracy.Level level) {
    out.object().share("accuracy", level.accuracy()).number("speed_up", level.speedUp());
    out.number("lo", end(level.interval(), true)).number("hi", end(level.interval(), false));
    out.seconds("seconds_a", level.secondsA()).seconds("seconds_b", level.secondsB());
    out.flag("identified", level.interval().isPresent()).endObject();
  }

  private void cascade(String name, Optional<Cascade> found) {
    if (found.isEmpty()) {
      out.nothing(name);
      return;
    }
    Cascade cascade = found.get();
    out.object(name).seconds("seconds_alone", cascade.secondsAlone());
    out.seconds("seconds", cascade.seconds()).number("speed_up", cascade.speedUp());
    out.number("ceiling", cascade.ceiling()).share("solved", cascade.solved()).endObject();
  }
}
