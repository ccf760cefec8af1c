package dev.pacebench.leaderboard;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A table as comma-separated values: one heading line, full precision, empty where absent. */
final class CsvTable {

  private static final int WIDEST_NAME = 200;

  private CsvTable() {}

  static String render(ResultTable table) {
    StringBuilder out = new StringBuilder();
    out.append("task_set,name,accuracy,ci_lo,ci_hi,tasks,planned,trials,solved,failed,timed_out,");
    out.append("agent_error,lost,accuracy_if_lost_failed,greyed,median_seconds,verification,");
    out.append("simulated,runs\n");
    table.rows().forEach(row -> out.append(String.join(",", fields(row))).append('\n'));
    return out.toString();
  }

  private static List<String> fields(TableRow row) {
    return List.of(
        safe(row.taskSet()),
        safe(row.name()),
        number(row.accuracy()),
        bound(row.interval().map(Interval::lo)),
        bound(row.interval().map(Interval::hi)),
        Integer.toString(row.tasks()),
        Integer.toString(row.planned()),
        Integer.toString(row.trials()),
        Integer.toString(row.solved()),
        Integer.toString(row.count(Outcome.FAILED)),
        Integer.toString(row.count(Outcome.TIMED_OUT)),
        Integer.toString(row.count(Outcome.AGENT_ERROR)),
        Integer.toString(row.lost()),
        number(row.accuracyIfLostFailed()),
        Boolean.toString(row.greyed()),
        number(row.medianSeconds()),
        safe(row.verification().orElse("")),
        Boolean.toString(row.simulated()),
        safe(row.runs().stream().collect(Collectors.joining(" "))));
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
  }

  private static String bound(Optional<Double> bound) {
    return bound.map(value -> Double.toString(value)).orElse("");
  }

  private static String safe(String text) {
    return SafeText.csv(text, WIDEST_NAME);
  }
}
