package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.Entrants;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.board.StoredTrials;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The contenders of some runs, by the names that tables give them. */
final class Competitors {

  private final List<RunRow> runs;
  private final Map<Entrant, TableRow> rows = new LinkedHashMap<>();

  private Competitors(List<RunRow> runs, TrialColumns columns) {
    this.runs = runs;
    Entrants.of(columns).all().forEach(entrant -> rows.put(entrant, entrant.row()));
  }

  /** All contenders with finished trials or planned ones. */
  static Competitors read(RunStore store, List<String> names) {
    List<RunRow> runs = names.stream().map(store::resolve).distinct().toList();
    return new Competitors(runs, StoredTrials.columns(store, runs));
  }

  List<String> runIds() {
    return runs.stream().map(RunRow::runId).toList();
  }

  /** Whether trials are still to come. */
  boolean unfinished() {
    return runs.stream().anyMatch(run -> run.done() < run.planned());
  }

  List<Entrant> all() {
    return List.copyOf(rows.keySet());
  }

  List<Entrant> of(String taskSet) {
    return rows.keySet().stream().filter(entrant -> entrant.taskSet().equals(taskSet)).toList();
  }

  TableRow row(Entrant entrant) {
    TableRow row = rows.get(entrant);
    if (row == null) {
      throw new IllegalArgumentException("not of these runs: " + entrant.name());
    }
    return row;
  }

  /**
   * A contender by task set.
   *
   * @param typed the name of a row, or a contender's where only one row of each set has it
   * @throws UserError with the nearest name, or with the rows that it could be
   */
  Map<String, Entrant> find(String typed) {
    Map<String, Entrant> found = new TreeMap<>();
    rows.forEach(
        (entrant, row) -> {
          if (row.name().equals(typed)) {
            found.put(entrant.taskSet(), entrant);
          }
        });
    if (!found.isEmpty()) {
      return found;
    }
    for (Entrant entrant : rows.keySet()) {
      if (row(entrant).contender().equals(typed) && found.put(entrant.taskSet(), entrant) != null) {
        throw new UserError(
            Cli.safe(typed, 80),
            "several contenders are called so",
            "name one of: " + named(typed));
      }
    }
    if (found.isEmpty()) {
      List<String> names = rows.values().stream().map(TableRow::name).distinct().toList();
      String hint = Nearest.hint(typed, names);
      String all =
          hint.startsWith("did you mean")
              ? " There are: " + names.stream().sorted().limit(20).collect(Collectors.joining(", "))
              : "";
      throw new UserError(
          Cli.safe(typed, 80),
          "there is no such contender in " + String.join(", ", runIds()),
          Cli.safe(hint + all, 400));
    }
    return found;
  }

  private String named(String contender) {
    return rows.values().stream()
        .filter(row -> row.contender().equals(contender))
        .map(TableRow::name)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .map(name -> Cli.safe(name, 80))
        .collect(Collectors.joining(", "));
  }

  /** Whether a trial belongs to a row. */
  static boolean belongs(TrialRecord trial, TableRow row) {
    return trial.taskSet().equals(row.taskSet())
        && trial.contender().equals(row.contender())
        && trial.contenderDigest().equals(row.contenderDigest())
        && row.runs().contains(trial.run());
  }

  /** Hands on the finished trials of a row, by run. */
  static void trials(RunStore store, TableRow row, Consumer<TrialRecord> sink) {
    for (String run : row.runs()) {
      store.each(
          run, trial -> trial.result().filter(result -> belongs(result, row)).ifPresent(sink));
    }
  }

  /** The same as a list, by task, run and attempt. */
  static List<TrialRecord> trials(RunStore store, TableRow row) {
    List<TrialRecord> trials = new ArrayList<>();
    trials(store, row, trials::add);
    trials.sort(
        Comparator.comparing(TrialRecord::task)
            .thenComparing(TrialRecord::run)
            .thenComparingInt(TrialRecord::attempt));
    return trials;
  }
}
