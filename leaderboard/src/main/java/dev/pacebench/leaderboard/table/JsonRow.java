package dev.pacebench.leaderboard.table;

import static dev.pacebench.leaderboard.table.JsonTable.bounds;
import static dev.pacebench.leaderboard.table.JsonTable.orNull;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.Curve;
import dev.pacebench.leaderboard.board.Decomposition;
import dev.pacebench.leaderboard.board.RankInterval;
import dev.pacebench.leaderboard.board.VendorEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A contender of a table in JSON; the contract of {@code contenders[]}. */
final class JsonRow {

  private final Map<String, @Nullable Object> object = new LinkedHashMap<>();

  private JsonRow() {}

  static Map<String, @Nullable Object> of(Layout layout, BoardSection section, BoardRow row) {
    JsonRow json = new JsonRow();
    json.first(row);
    json.further(section, row);
    json.times(row);
    json.put("within", within(layout, row));
    layout.request().at().ifPresent(at -> json.put("at", at(row, at)));
    if (layout.request().curves()) {
      json.put("curve", curve(row.curve()));
    }
    return json.object;
  }

  /** What tables had from the beginning, in that order. */
  private void first(BoardRow boardRow) {
    TableRow row = boardRow.row();
    Optional<Interval> interval = boardRow.intervals().headline();
    put("name", row.name());
    put("accuracy", orNull(row.accuracy()));
    put("ci", bounds(interval));
    put("trials", row.trials());
    put("lost", row.lost());
    put("median_seconds", orNull(row.medianSeconds()));
    put("task_set", row.taskSet());
    put("contender", row.contender());
    put("contender_digest", row.contenderDigest());
    put("runs", row.runs());
    put("tasks", row.tasks());
    put("planned", row.planned());
    put("solved", row.solved());
    put("failed", row.count(Outcome.FAILED));
    put("timed_out", row.count(Outcome.TIMED_OUT));
    put("agent_error", row.count(Outcome.AGENT_ERROR));
    put("accuracy_if_lost_failed", orNull(row.accuracyIfLostFailed()));
    put("greyed", row.greyed());
    put("standard_error", orNull(row.standardError()));
    put("ci_method", interval.map(Interval::method).orElse(null));
    put("ci_absent", interval.isPresent() || row.tasks() == 0 ? null : "too few tasks");
    put("verification", row.verification().orElse(null));
    put("flags", row.flags());
    put("simulated", row.simulated());
    put("differs", row.differs().orElse(null));
  }

  private void further(BoardSection section, BoardRow row) {
    put("estimated", row.estimated());
    put("group", section.group().orElse(null));
    put("clustered_by", row.intervals().clusteredBy());
    put("clusters", row.intervals().clusters());
    put("effective_trials", orNull(Shown.known(row.intervals().effectiveTrials())));
    put("ci_wilson", bounds(row.intervals().wilson()));
    put("ci_jeffreys", bounds(row.intervals().jeffreys()));
    put("ci_clopper_pearson", bounds(row.intervals().clopperPearson()));
    put("ranks", ranks(row.ranks()));
    put("frontier_share", orNull(row.frontierShare()));
    put("on_frontier", row.onFrontier());
    put("pass_at_k", numbers(row.passAtK()));
    put("pass_hat_k", numbers(row.passHatK()));
    put("flaky_share", orNull(row.spread().flakyShare()));
    put("disagreement", orNull(row.spread().disagreement()));
    put("icc", orNull(row.spread().icc()));
    put("tasks_always_solved", row.spread().always());
    put("tasks_never_solved", row.spread().never());
    put("detectable", orNull(row.detectable()));
  }

  private void times(BoardRow row) {
    put("p90_seconds", orNull(row.times().p90Solved()));
    put("mean_seconds", orNull(row.times().meanSolved()));
    put("median_seconds_all", orNull(row.times().medianAll()));
    put("p90_seconds_all", orNull(row.times().p90All()));
    put("mean_seconds_all", orNull(row.times().meanAll()));
    put("times_unknown", row.times().unknown());
    put("par2_seconds", orNull(row.par2()));
    put("area", orNull(row.area()));
    put("time", row.allPhases().map(JsonRow::phases).orElse(null));
    put("time_solved", row.solvedPhases().map(JsonRow::phases).orElse(null));
    put("vendor_estimate", row.vendorEstimate().map(JsonRow::vendor).orElse(null));
    put("cost", orNull(row.cost()));
  }

  private static List<Map<String, @Nullable Object>> within(Layout layout, BoardRow row) {
    List<Map<String, @Nullable Object>> within = new ArrayList<>();
    for (double budget : layout.budgets()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("seconds", budget);
      one.put("accuracy", orNull(Fields.share(row, budget)));
      within.add(one);
    }
    return within;
  }

  private static Map<String, @Nullable Object> at(BoardRow row, double asked) {
    Optional<AtBudget> at = Fields.at(row, asked);
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("seconds", at.map(AtBudget::seconds).orElse(asked));
    one.put("accuracy", orNull(Fields.share(row, asked)));
    one.put("ci", bounds(at.flatMap(AtBudget::band)));
    one.put("ranks", ranks(at.flatMap(AtBudget::ranks)));
    return one;
  }

  private static Map<String, @Nullable Object> curve(Curve curve) {
    List<@Nullable Double> accuracy = new ArrayList<>();
    List<@Nullable Double> lo = new ArrayList<>();
    List<@Nullable Double> hi = new ArrayList<>();
    List<@Nullable Double> aalenJohansen = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      accuracy.add(orNull(Shown.known(curve.accuracy(i))));
      lo.add(curve.band(i).map(Interval::lo).orElse(null));
      hi.add(curve.band(i).map(Interval::hi).orElse(null));
      aalenJohansen.add(orNull(Shown.known(curve.aalenJohansen(i))));
    }
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("accuracy", accuracy);
    columns.put("ci_lo", lo);
    columns.put("ci_hi", hi);
    columns.put("aalen_johansen", aalenJohansen);
    return columns;
  }

  private static Map<String, @Nullable Object> phases(Decomposition time) {
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("trials", time.trials());
    one.put("agent_seconds", time.agent());
    one.put("model_waiting_seconds", time.modelWaiting());
    one.put("generating_seconds", time.generating());
    one.put("tool_seconds", time.tools());
    one.put("overhead_seconds", time.overhead());
    one.put("limits_and_retries_seconds", time.limitsAndRetries());
    one.put("other_seconds", time.other());
    one.put("model_share", orNull(Shown.known(time.modelShare())));
    return one;
  }

  private static Map<String, @Nullable Object> vendor(VendorEstimate mean) {
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("trials", mean.trials());
    one.put("generating_seconds", mean.generating());
    one.put("prefill_seconds", mean.prefill());
    one.put("tool_seconds", mean.tools());
    one.put("network_seconds", mean.network());
    one.put("estimated_seconds", mean.estimated());
    one.put("measured_seconds", mean.measured());
    one.put("residual_seconds", mean.residual());
    return one;
  }

  private static @Nullable List<Integer> ranks(Optional<RankInterval> ranks) {
    return ranks.map(it -> List.of(it.best(), it.worst())).orElse(null);
  }

  private static List<@Nullable Double> numbers(List<Double> values) {
    List<@Nullable Double> numbers = new ArrayList<>();
    values.forEach(value -> numbers.add(orNull(Shown.known(value))));
    return numbers;
  }

  private void put(String key, @Nullable Object value) {
    object.put(key, value);
  }
}
