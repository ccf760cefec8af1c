package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.stats.ClusteredAccuracy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The remarks below a table: first what must not be overlooked, then what it rests on. */
final class Notes {

  private static final int MOST_NAMES = 6;
  private static final int WIDEST_NAME = 32;
  private static final int WIDEST_SENTENCE = 300;

  /** Makes text that others chose harmless in the form at hand, and cuts it. */
  interface Safe {
    String of(String text, int columns);
  }

  private final Layout layout;
  private final Board board;
  private final Safe safe;
  private final List<Note> notes = new ArrayList<>();

  private Notes(Layout layout, Safe safe) {
    this.layout = layout;
    this.board = layout.board();
    this.safe = safe;
  }

  /**
   * All remarks.
   *
   * @param columns those shown, which are explained
   * @param safe for names and sentences
   */
  static List<Note> of(Layout layout, Collection<Column> columns, Safe safe) {
    Notes all = new Notes(layout, safe);
    all.warnings();
    all.basis();
    Explained.of(layout, columns).forEach(all.notes::add);
    all.verified(columns.contains(Column.VERIFIED));
    all.marksOfTrials();
    return all.notes;
  }

  private void warnings() {
    if (!board.rows().isEmpty() && board.rows().stream().allMatch(BoardRow::simulated)) {
      warn("simulated", "all of it; no model was called, and no figure says anything about one");
    } else {
      named("simulated", BoardRow::simulated, "no model was called for ");
    }
    named("estimated", BoardRow::estimated, "re-timed, not measured: ");
    named("greyed", BoardRow::greyed, "more than 2 % of the trials lost, not to be compared: ");
    if (board.unfinished()) {
      warn(
          "unfinished",
          "%d of %s pending; the figures use only the %s of those (task, attempt) pairs that all contenders of a run have finished"
              .formatted(
                  board.planned() - board.done(),
                  Shown.plural(board.planned(), "trial"),
                  Shown.plural(board.used(), "trial")));
    }
    Set<String> said = new LinkedHashSet<>();
    for (BoardRow row : board.rows()) {
      row.row()
          .differs()
          .ifPresent(what -> said.add(name(row.name()) + ": " + safe.of(what, WIDEST_SENTENCE)));
    }
    said.forEach(what -> warn("differs", what));
    tooFew();
  }

  /** Said once, whatever number of rows it is true of. */
  private void tooFew() {
    List<BoardRow> measured =
        board.rows().stream().filter(row -> row.row().trials() > row.row().lost()).toList();
    if (measured.stream().anyMatch(row -> row.intervals().headline().isEmpty())) {
      note(
          "few tasks",
          "no interval and no ranks below %d tasks: so few cannot tell"
              .formatted(ClusteredAccuracy.FEWEST));
    }
  }

  /** Who was judged in a place that they could have prepared. */
  private void verified(boolean isColumn) {
    Map<String, Set<String>> modes = new TreeMap<>();
    for (BoardRow row : board.rows()) {
      String mode = row.row().verification().orElse("");
      modes.computeIfAbsent(mode, m -> new LinkedHashSet<>()).add(row.name());
    }
    modes.remove("");
    boolean alike = modes.size() == 1;
    modes.remove("separate");
    List<String> said = new ArrayList<>();
    modes.forEach(
        (mode, names) ->
            said.add(
                switch (mode) {
                      case "shared" -> "in the sandbox that the agent worked in (shared)";
                      case "mixed" -> "partly in the sandbox that the agent worked in (mixed)";
                      default -> name(mode);
                    }
                    + (alike || isColumn ? "" : ": " + names(names))));
    if (!said.isEmpty()) {
      note("verified", String.join("; ", said));
    }
  }

  private void basis() {
    int lost = board.rows().stream().mapToInt(row -> row.row().lost()).sum();
    StringBuilder text = new StringBuilder();
    text.append(
        board.unfinished()
            ? "%d of %d done".formatted(board.done(), board.planned())
            : Integer.toString(board.planned()));
    text.append(
        lost == 0
            ? ", none lost"
            : ", %d lost (%s)"
                .formatted(
                    lost, Shown.percent(Shown.known((double) lost / Math.max(1, board.used())))));
    if (!board.runs().isEmpty()) {
      text.append(board.runs().size() == 1 ? "; run " : "; runs ")
          .append(
              board.runs().stream()
                  .limit(MOST_NAMES)
                  .map(this::run)
                  .collect(Collectors.joining(", ")))
          .append(andMore(board.runs().size()));
    }
    note("trials", text.toString());
  }

  private String run(RunFacts run) {
    String place = run.engine().isEmpty() ? run.sandbox() : run.engine().split(" \\(", 2)[0];
    String attempts = run.attempts() == 0 ? "" : ", " + Shown.plural(run.attempts(), "attempt");
    return "%s (%s, -j %d%s)".formatted(name(run.run()), name(place), run.slots(), attempts);
  }

  private void marksOfTrials() {
    Map<String, Integer> flags = new TreeMap<>();
    board
        .rows()
        .forEach(
            row ->
                row.row().flags().forEach((flag, count) -> flags.merge(flag, count, Integer::sum)));
    if (!flags.isEmpty()) {
      note(
          "flags",
          flags.entrySet().stream()
              .map(flag -> name(flag.getKey()) + " " + flag.getValue())
              .collect(Collectors.joining(", ", "in trials: ", "")));
    }
  }

  private void named(String about, Predicate<BoardRow> which, String sentence) {
    Set<String> names =
        board.rows().stream()
            .filter(which)
            .map(BoardRow::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!names.isEmpty()) {
      warn(about, sentence + names(names));
    }
  }

  private void note(String about, String text) {
    notes.add(new Note(about, text, false));
  }

  private void warn(String about, String text) {
    notes.add(new Note(about, text, true));
  }

  private String names(Collection<String> names) {
    return names.stream().limit(MOST_NAMES).map(this::name).collect(Collectors.joining(", "))
        + andMore(names.size());
  }

  private String name(String text) {
    return safe.of(text, WIDEST_NAME);
  }

  private static String andMore(int count) {
    return count > MOST_NAMES ? " and " + (count - MOST_NAMES) + " more" : "";
  }
}
