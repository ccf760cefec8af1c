package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.stats.Sample.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An estimate for programs; nothing is rounded. */
final class WhatIfJson {

  private WhatIfJson() {}

  static Map<String, Object> document(WhatIf.Result result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task_set", result.measured().row().taskSet());
    object.put("estimated", true);
    object.put("simulated", result.measured().simulated());
    object.put("trials", result.trials());
    object.put("tasks", result.measured().row().tasks());
    object.put("calls", result.calls());
    object.put("calls_as_measured", result.asMeasured());
    object.put("trials_unread", result.unread());
    object.put("trials_open_out_of_time", result.openLate());
    object.put("trials_open_solved_at_limit", result.openAtLimit());
    object.put("trials_now_late", result.nowLate());
    object.put("model_share", result.modelShare());
    object.put("ceiling", CompareJson.finite(result.ceiling()));
    object.put("generating_share", result.generatingShare());
    object.put("generating_ceiling", CompareJson.finite(result.generatingCeiling()));
    object.put("speed_up", CompareJson.finite(result.speedUp()));
    object.put("measured", row(result.measured(), false));
    object.put("at_least", row(result.least(), true));
    object.put("at_most", row(result.most(), true));
    object.put("budgets", budgets(result));
    object.put("each", result.each().stream().map(WhatIfJson::trial).toList());
    return object;
  }

  private static Map<String, Object> row(BoardRow row, boolean estimated) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("estimated", estimated);
    object.put("accuracy", CompareJson.number(row.row().accuracy()));
    object.put("ci", interval(row.intervals().headline()));
    object.put("solved", row.row().solved());
    object.put("lost", row.row().lost());
    object.put("median_seconds", CompareJson.number(row.times().medianSolved()));
    object.put("p90_seconds", CompareJson.number(row.times().p90Solved()));
    object.put("median_seconds_all", CompareJson.number(row.times().medianAll()));
    object.put("p90_seconds_all", CompareJson.number(row.times().p90All()));
    object.put("mean_seconds_all", CompareJson.number(row.times().meanAll()));
    return object;
  }

  private static Map<String, Object> trial(WhatIf.Estimate estimate) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", estimate.measured().task());
    object.put("run", estimate.measured().run());
    object.put("attempt", estimate.measured().attempt());
    object.put("outcome", estimate.measured().outcome());
    object.put("agent_seconds", estimate.measured().agentSeconds());
    estimate
        .fate()
        .ifPresent(
            fate -> {
              object.put("at_least", fate(fate.least(), fate.leastSeconds()));
              object.put("at_most", fate(fate.most(), fate.mostSeconds()));
            });
    return object;
  }

  private static Map<String, Object> fate(Kind kind, double seconds) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("solved", kind == Kind.SOLVED);
    object.put("out_of_time", kind == Kind.OUT_OF_TIME);
    object.put("agent_seconds", seconds);
    return object;
  }

  private static @Nullable List<Double> interval(Optional<Interval> interval) {
    return interval.map(both -> List.of(both.lo(), both.hi())).orElse(null);
  }

  private static List<Map<String, Object>> budgets(WhatIf.Result result) {
    List<Map<String, Object>> budgets = new ArrayList<>();
    for (int i = 0; i < result.measured().curve().size(); i++) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("seconds", result.measured().curve().seconds(i));
      object.put("measured", CompareJson.finite(result.measured().curve().accuracy(i)));
      object.put("at_least", CompareJson.finite(result.least().curve().accuracy(i)));
      object.put("at_most", CompareJson.finite(result.most().curve().accuracy(i)));
      Optional<Interval> lo = result.least().curve().band(i);
      Optional<Interval> hi = result.most().curve().band(i);
      object.put(
          "band", lo.isPresent() && hi.isPresent() ? List.of(lo.get().lo(), hi.get().hi()) : null);
      budgets.add(object);
    }
    return budgets;
  }
}
