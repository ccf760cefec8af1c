package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.pairs.BudgetGap;
import dev.pacebench.leaderboard.pairs.Cascade;
import dev.pacebench.leaderboard.pairs.EqualAccuracy;
import dev.pacebench.leaderboard.pairs.McNemar;
import dev.pacebench.leaderboard.pairs.Pair;
import dev.pacebench.leaderboard.pairs.PairedDifference;
import dev.pacebench.leaderboard.pairs.PairedTasks;
import dev.pacebench.leaderboard.pairs.Range;
import dev.pacebench.leaderboard.pairs.Restarts;
import dev.pacebench.leaderboard.pairs.TimeRatio;
import dev.pacebench.leaderboard.table.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A comparison for programs; nothing is rounded, what is absent is null. */
final class CompareJson {

  private CompareJson() {}

  static Map<String, Object> document(Compared compared) {
    Pair pair = compared.pair();
    PairedTasks tasks = pair.tasks();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task_set", compared.taskSet());
    object.put("a", side(compared.a(), pair.accuracyA(), pair.restartsA()));
    object.put("b", side(compared.b(), pair.accuracyB(), pair.restartsB()));
    object.put("tasks", tasks.tasks());
    object.put("tasks_only_a", tasks.onlyA());
    object.put("tasks_only_b", tasks.onlyB());
    object.put("tasks_lost", tasks.lost());
    object.put("clusters", tasks.clusters());
    object.put("limit_seconds", compared.limit());
    object.put("replicates", Compared.REPLICATES);
    object.put("difference", difference(pair.difference(), compared));
    object.put("mcnemar", mcNemar(pair.mcNemar()));
    object.put("budgets", pair.gap().points().stream().map(CompareJson::budget).toList());
    object.put("leads", pair.gap().leads().stream().map(CompareJson::lead).toList());
    object.put("crossings", pair.gap().crossings().stream().map(CompareJson::crossing).toList());
    object.put("time_ratio", pair.timeRatio().map(CompareJson::timeRatio).orElse(null));
    object.put("common_accuracy", pair.equalAccuracy().common());
    object.put(
        "speed_up_at_equal_accuracy",
        pair.equalAccuracy().levels().stream().map(CompareJson::level).toList());
    object.put("cascade_a_then_b", pair.cascadeAThenB().map(CompareJson::cascade).orElse(null));
    object.put("cascade_b_then_a", pair.cascadeBThenA().map(CompareJson::cascade).orElse(null));
    object.put(
        "won",
        compared.duels().stream().filter(d -> d.difference() > 0).map(CompareJson::duel).toList());
    object.put(
        "lost",
        compared.duels().stream().filter(d -> d.difference() < 0).map(CompareJson::duel).toList());
    object.put(
        "verdict",
        Verdict.of(
            compared.a(),
            compared.b(),
            compared.pair(),
            compared.pairs(),
            compared.holmP(),
            compared.limit()));
    return object;
  }

  private static Map<String, Object> side(
      TableRow row, double accuracy, Optional<Restarts> restarts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", row.name());
    object.put("contender", row.contender());
    object.put("contender_digest", row.contenderDigest());
    object.put("runs", row.runs());
    object.put("trials", row.trials());
    object.put("lost", row.lost());
    object.put("greyed", row.greyed());
    object.put("simulated", row.simulated());
    object.put("estimated", false);
    object.put("accuracy", accuracy);
    object.put("restarts", restarts.map(CompareJson::restarts).orElse(null));
    return object;
  }

  static @Nullable List<Double> range(Optional<Range> range) {
    return range.map(both -> List.of(both.lo(), both.hi())).orElse(null);
  }

  static @Nullable Double number(OptionalDouble number) {
    return number.isPresent() ? finite(number.getAsDouble()) : null;
  }

  /** JSON has no word for what is infinite or no number. */
  static @Nullable Double finite(double number) {
    return Double.isFinite(number) ? Double.valueOf(number) : null;
  }

  private static Map<String, Object> difference(PairedDifference difference, Compared compared) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("mean", difference.mean());
    object.put("standard_error", number(difference.standardError()));
    object.put("ci", range(difference.interval()));
    object.put("ci_method", difference.interval().isPresent() ? difference.method() : null);
    object.put("p", number(difference.p()));
    object.put("sign_flip_p", difference.flipP());
    object.put("holm_p", compared.holmP());
    object.put("pairs", compared.pairs());
    object.put("detectable", number(difference.detectable()));
    return object;
  }

  private static Map<String, Object> mcNemar(McNemar test) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("only_a", test.onlyA());
    object.put("only_b", test.onlyB());
    object.put("both", test.both());
    object.put("neither", test.neither());
    object.put("rule", test.majority() ? "majority" : "one_attempt");
    object.put("p", test.p());
    object.put("mid_p", test.midP());
    int tasks = test.onlyA() + test.onlyB() + test.both() + test.neither();
    object.put(
        "bonett_price",
        tasks < PairedDifference.FEWEST_TASKS ? null : range(Optional.of(test.interval())));
    return object;
  }

  static Map<String, Object> budget(BudgetGap.Point point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("seconds", point.seconds());
    object.put("a", point.a());
    object.put("b", point.b());
    object.put("difference", point.difference());
    object.put("ci", range(point.here()));
    object.put("band", range(point.everywhere()));
    return object;
  }

  private static Map<String, Object> lead(BudgetGap.Lead lead) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("ahead", lead.byA() ? "a" : "b");
    object.put("from_seconds", lead.from());
    object.put("to_seconds", lead.to());
    return object;
  }

  private static Map<String, Object> crossing(BudgetGap.Crossing crossing) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("seconds", crossing.seconds());
    object.put("ahead", crossing.toA() ? "a" : "b");
    return object;
  }

  private static Map<String, Object> timeRatio(TimeRatio ratio) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("tasks", ratio.tasks());
    object.put("geometric_mean", ratio.ratio());
    object.put("ci", range(ratio.interval()));
    object.put("of_sums", ratio.ofSums());
    object.put("mean_of_ratios", ratio.ofMeans());
    object.put("wilcoxon_p", number(ratio.signedRankP()));
    return object;
  }

  private static Map<String, Object> level(EqualAccuracy.Level level) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("accuracy", level.accuracy());
    object.put("seconds_a", level.secondsA());
    object.put("seconds_b", level.secondsB());
    object.put("speed_up_of_a", finite(level.speedUp()));
    object.put("ci", range(level.interval()));
    object.put("identified", level.interval().isPresent());
    return object;
  }

  private static Map<String, Object> restarts(Restarts restarts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("seconds_of_one", restarts.secondsOfOne());
    object.put("seconds_until_solved", finite(restarts.secondsUntilSolved()));
    object.put("tasks_never_solved", restarts.neverSolved());
    object.put(
        "at_most",
        restarts.capped().stream()
            .map(
                capped -> {
                  Map<String, Object> entry = new LinkedHashMap<>();
                  entry.put("tries", capped.tries());
                  entry.put("seconds", capped.seconds());
                  entry.put("solved", capped.solved());
                  return entry;
                })
            .toList());
    object.put("cutoff_seconds", restarts.cutoff().map(Restarts.Cutoff::after).orElse(null));
    object.put("seconds_with_cutoff", restarts.cutoff().map(Restarts.Cutoff::seconds).orElse(null));
    return object;
  }

  private static Map<String, Object> cascade(Cascade cascade) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("seconds_alone", cascade.secondsAlone());
    object.put("seconds", cascade.seconds());
    object.put("speed_up", finite(cascade.speedUp()));
    object.put("ceiling", finite(cascade.ceiling()));
    object.put("solved", cascade.solved());
    return object;
  }

  private static Map<String, Object> duel(TaskDuel duel) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", duel.task());
    object.put("task_digest", duel.digest());
    object.put("solved_a", duel.solvedA());
    object.put("trials_a", duel.trialsA());
    object.put("solved_b", duel.solvedB());
    object.put("trials_b", duel.trialsB());
    object.put("evidence_a", evidence(duel.evidenceA()));
    object.put("evidence_b", evidence(duel.evidenceB()));
    return object;
  }

  private static List<Map<String, Object>> evidence(List<TaskDuel.Seen> seen) {
    return seen.stream()
        .map(
            one -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("solved", one.solved());
              entry.put("evidence", one.evidence());
              return entry;
            })
        .toList();
  }
}
