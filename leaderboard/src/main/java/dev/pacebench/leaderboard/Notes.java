package dev.pacebench.leaderboard;

import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The sentences below a table: what it rests on, and what a reader must not overlook. */
final class Notes {

  private static final int MOST_NAMES = 6;

  private Notes() {}

  /**
   * The sentences, in order of weight.
   *
   * @param safe makes a name harmless in the form at hand
   */
  static List<String> of(ResultTable table, UnaryOperator<String> safe) {
    List<String> notes = new ArrayList<>();
    notes.add(basis(table, safe));
    if (table.unfinished()) {
      notes.add(
          "Unfinished: %d of %s pending. The figures use only the %s of those (task, attempt) pairs that all contenders of a run have finished."
              .formatted(
                  table.planned() - table.done(),
                  Shown.plural(table.planned(), "trial"),
                  Shown.plural(table.used(), "trial")));
    }
    named(notes, table, TableRow::simulated, "Simulated, no model was called: %s.", safe);
    named(notes, table, TableRow::greyed, "Greyed, more than 2 %% of the trials lost: %s.", safe);
    if (table.rows().stream().anyMatch(row -> row.lost() > 0)) {
      notes.add("\"if failed\" is the accuracy if every lost trial had failed.");
    }
    named(
        notes,
        table,
        row -> row.trials() > row.lost() && row.tasksMissingForInterval().isPresent(),
        "Too few tasks for an interval (at least %d): %%s.".formatted(ClusteredAccuracy.FEWEST),
        safe);
    for (TableRow row : table.rows()) {
      row.differs()
          .ifPresent(what -> notes.add(safe.apply(row.name()) + ": " + safe.apply(what) + "."));
    }
    if (!table.flags().isEmpty()) {
      notes.add(
          table.flags().entrySet().stream()
              .map(flag -> safe.apply(flag.getKey()) + " " + flag.getValue())
              .collect(Collectors.joining(", ", "Flags, in trials: ", ".")));
    }
    notes.add(
        "Accuracy: solved / (trials - lost). Interval: 95 % over tasks. Median: agent phase of solved trials.");
    return notes;
  }

  private static String basis(ResultTable table, UnaryOperator<String> safe) {
    String trials =
        table.unfinished()
            ? "%d of %s done".formatted(table.done(), Shown.plural(table.planned(), "trial"))
            : Shown.plural(table.planned(), "trial");
    if (table.runs().isEmpty()) {
      return trials + ".";
    }
    String runs =
        table.runs().stream()
            .limit(MOST_NAMES)
            .map(
                run ->
                    "run %s (sandbox %s, -j %d)"
                        .formatted(safe.apply(run.run()), safe.apply(run.sandbox()), run.slots()))
            .collect(Collectors.joining(", "));
    return trials + "; " + runs + andMore(table.runs().size()) + ".";
  }

  private static void named(
      List<String> notes,
      ResultTable table,
      Predicate<TableRow> which,
      String sentence,
      UnaryOperator<String> safe) {
    List<String> names =
        table.rows().stream().filter(which).map(TableRow::name).distinct().map(safe).toList();
    if (!names.isEmpty()) {
      String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
      notes.add(sentence.formatted(shown + andMore(names.size())));
    }
  }

  private static String andMore(int count) {
    return count > MOST_NAMES ? " and " + (count - MOST_NAMES) + " more" : "";
  }
}
