package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.Decomposition;
import dev.pacebench.leaderboard.board.RankInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A table as comma-separated values: one heading line, full precision, empty where absent; columns
 * are added at the end, never renamed.
 */
final class CsvTable {

  private static final int WIDEST_NAME = 200;

  private final Layout layout;
  private final Map<String, String> fields = new LinkedHashMap<>();

  private CsvTable(Layout layout) {
    this.layout = layout;
  }

  static String render(Layout layout) {
    return new CsvTable(layout).render();
  }

  private String render() {
    List<String> lines = new ArrayList<>();
    for (BoardSection section : layout.sections()) {
      for (BoardRow row : layout.rows(section)) {
        fill(section, row);
        if (lines.isEmpty()) {
          lines.add(String.join(",", fields.keySet()));
        }
        lines.add(String.join(",", fields.values()));
      }
    }
    if (lines.isEmpty()) {
      lines.add("task_set,name,accuracy,ci_lo,ci_hi,tasks,planned,trials");
    }
    return String.join("\n", lines) + "\n";
  }

  private void fill(BoardSection section, BoardRow row) {
    fields.clear();
    TableRow counts = row.row();
    text("task_set", section.taskSet());
    text("name", row.name());
    number("accuracy", counts.accuracy());
    bounds("ci", row.intervals().headline());
    count("tasks", counts.tasks());
    count("planned", counts.planned());
    count("trials", counts.trials());
    count("solved", counts.solved());
    count("failed", counts.count(Outcome.FAILED));
    count("timed_out", counts.count(Outcome.TIMED_OUT));
    count("agent_error", counts.count(Outcome.AGENT_ERROR));
    count("lost", counts.lost());
    number("accuracy_if_lost_failed", counts.accuracyIfLostFailed());
    fields.put("greyed", Boolean.toString(row.greyed()));
    number("median_seconds", counts.medianSeconds());
    text("verification", counts.verification().orElse(""));
    fields.put("simulated", Boolean.toString(row.simulated()));
    text("runs", String.join(" ", counts.runs()));
    fields.put("estimated", Boolean.toString(row.estimated()));
    fields.put("by", layout.board().grouping().word());
    text("group", section.group().orElse(""));
    text("differs", counts.differs().orElse(""));
    further(row);
    at(row);
  }

  private void further(BoardRow row) {
    number("standard_error", row.row().standardError());
    text("clustered_by", row.intervals().clusteredBy());
    ranks("rank", row.ranks());
    number("p90_seconds", row.times().p90Solved());
    number("median_seconds_all", row.times().medianAll());
    number("p90_seconds_all", row.times().p90All());
    number("mean_seconds_all", row.times().meanAll());
    number("par2_seconds", row.par2());
    number("area", row.area());
    number("pass_at_k", last(row.passAtK()));
    number("pass_hat_k", last(row.passHatK()));
    fields.put("k", row.passAtK().isEmpty() ? "" : Integer.toString(row.passAtK().size()));
    number("frontier_share", row.frontierShare());
    number("flaky_share", row.spread().flakyShare());
    number("icc", row.spread().icc());
    number("detectable", row.detectable());
    phase("model_waiting_seconds", row, Decomposition::modelWaiting);
    phase("generating_seconds", row, Decomposition::generating);
    phase("tool_seconds", row, Decomposition::tools);
    phase("overhead_seconds", row, Decomposition::overhead);
    phase("limits_and_retries_seconds", row, Decomposition::limitsAndRetries);
    phase("other_seconds", row, Decomposition::other);
    number("cost", row.cost());
    for (double budget : layout.budgets()) {
      number("within_" + Shown.plain(budget) + "s", Fields.share(row, budget));
    }
  }

  private void at(BoardRow row) {
    if (layout.request().at().isEmpty()) {
      return;
    }
    Optional<AtBudget> at = Fields.at(row, layout.request().at().getAsDouble());
    number(
        "at_seconds",
        at.map(AtBudget::seconds).map(OptionalDouble::of).orElse(layout.request().at()));
    number("at_accuracy", Fields.share(row, layout.request().at().getAsDouble()));
    bounds("at_ci", at.flatMap(AtBudget::band));
    ranks("at_rank", at.flatMap(AtBudget::ranks));
  }

  private void phase(String name, BoardRow row, ToDoubleFunction<Decomposition> seconds) {
    number(
        name,
        row.allPhases()
            .map(it -> Shown.known(seconds.applyAsDouble(it)))
            .orElse(OptionalDouble.empty()));
  }

  private static OptionalDouble last(List<Double> values) {
    return values.isEmpty() ? OptionalDouble.empty() : Shown.known(values.get(values.size() - 1));
  }

  private void bounds(String name, Optional<Interval> interval) {
    fields.put(name + "_lo", interval.map(it -> Double.toString(it.lo())).orElse(""));
    fields.put(name + "_hi", interval.map(it -> Double.toString(it.hi())).orElse(""));
  }

  private void ranks(String name, Optional<RankInterval> ranks) {
    fields.put(name + "_best", ranks.map(it -> Integer.toString(it.best())).orElse(""));
    fields.put(name + "_worst", ranks.map(it -> Integer.toString(it.worst())).orElse(""));
  }

  private void number(String name, OptionalDouble number) {
    fields.put(name, number.isPresent() ? Double.toString(number.getAsDouble()) : "");
  }

  private void count(String name, int count) {
    fields.put(name, Integer.toString(count));
  }

  private void text(String name, String text) {
    fields.put(name, SafeText.csv(text, WIDEST_NAME));
  }
}
