package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.board.Board;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the columns of a table mean, in a sentence each. */
final class Explained {

  private final Layout layout;
  private final Board board;
  private final List<Note> notes = new ArrayList<>();

  private Explained(Layout layout) {
    this.layout = layout;
    this.board = layout.board();
  }

  static List<Note> of(Layout layout, Collection<Column> shown) {
    Explained explained = new Explained(layout);
    Set<Column> columns = EnumSet.noneOf(Column.class);
    columns.addAll(shown);
    explained.accuracy(columns);
    explained.detectable(columns);
    explained.time(columns);
    explained.further(columns);
    return explained.notes;
  }

  private void accuracy(Set<Column> columns) {
    if (columns.contains(Column.ACCURACY) || columns.contains(Column.AT)) {
      note(
          "accuracy",
          "solved / (trials - lost)"
              + (columns.contains(Column.WITHIN) && !layout.budgets().isEmpty()
                  ? "; \"solved within\" of the same trials"
                  : ""));
    }
    if (columns.contains(Column.IF_FAILED)) {
      note("if failed", "accuracy if every lost trial had failed");
    }
    boolean intervals =
        board.rows().stream().anyMatch(row -> row.intervals().headline().isPresent());
    boolean shown = columns.contains(Column.CI) || columns.contains(Column.BAR);
    boolean ranked = columns.contains(Column.RANK);
    if (intervals && (shown || ranked)) {
      note(
          shown ? "95 %" : "rank",
          "over "
              + clusters()
              + ", not trials: \"which is better at this kind of work?\""
              + (ranked || layout.request().at().isPresent()
                  ? String.format(
                      Locale.ROOT,
                      ranked ? "; ranks by %,d resamples" : "; by %,d resamples",
                      board.replicates())
                  : ""));
    }
  }

  /** What no table of this size can tell apart, where it could look as if it did. */
  private void detectable(Set<Column> columns) {
    OptionalDouble least =
        board.rows().stream().flatMapToDouble(row -> row.detectable().stream()).min();
    if (least.isPresent() && columns.contains(Column.CI) && board.rows().size() > 1) {
      note(
          "can see",
          "differences in accuracy from about %.0f points on, in four of five cases"
              .formatted(Math.ceil(100 * least.getAsDouble())));
    }
  }

  private String clusters() {
    Set<String> by =
        board.rows().stream()
            .filter(row -> row.intervals().headline().isPresent())
            .map(row -> row.intervals().clusteredBy())
            .collect(Collectors.toCollection(TreeSet::new));
    return by.contains("repository") ? "repositories" : "tasks";
  }

  private void time(Set<Column> columns) {
    List<String> parts = new ArrayList<>();
    if (columns.contains(Column.MEDIAN) || columns.contains(Column.P90)) {
      parts.add("agent phase of solved trials");
    }
    if (columns.contains(Column.MEDIAN_ALL) || columns.contains(Column.P90_ALL)) {
      parts.add("\"of all\": of trials that were not lost");
    }
    boolean budgets = columns.contains(Column.WITHIN) && !layout.budgets().isEmpty();
    if (!parts.isEmpty() || budgets) {
      parts.add(0, parts.isEmpty() ? "of the agent phase" : "");
      note(
          "seconds",
          parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "))
              + (board.instrumentErrorMillis().isPresent()
                  ? "; the gateway is off by up to %s ms (p99)"
                      .formatted(Shown.two(board.instrumentErrorMillis().getAsDouble()))
                  : ""));
    }
    at();
    if (columns.contains(Column.TIME)) {
      note("agent phase", "sum over all trials; waiting: for the model's first piece of an answer");
    }
    if (columns.contains(Column.VENDOR)) {
      note(
          "arithmetic",
          "output tokens / speed + calls x median first token + tools + network; residual: measured - sum");
    }
  }

  private void at() {
    layout
        .request()
        .at()
        .ifPresent(
            at -> {
              String beyond =
                  board.rows().stream().anyMatch(row -> Fields.share(row, at).isEmpty())
                      ? "; " + Shown.ABSENT + " where no limit reaches that far"
                      : "";
              note(
                  "ranked",
                  "by what was solved in "
                      + Budgets.text(at)
                      + used(at)
                      + beyond
                      + (isAboveSomeLimit(at) ? "; a shorter limit counts as unsolved" : "")
                      + "; no agent knew of this budget");
            });
  }

  private boolean isAboveSomeLimit(double at) {
    return board.sections().stream()
        .anyMatch(section -> section.limits().stream().anyMatch(limit -> limit < at));
  }

  /** Which budget of the grid stands for the one asked for, where it is another. */
  private String used(double at) {
    return board.rows().stream()
        .flatMap(row -> Fields.at(row, at).stream())
        .mapToDouble(it -> it.seconds())
        .filter(seconds -> seconds != at)
        .mapToObj(seconds -> ", read at the grid's " + Shown.significant(seconds) + " s")
        .findFirst()
        .orElse("");
  }

  private void further(Set<Column> columns) {
    if (columns.contains(Column.PAR2)) {
      note("PAR-2", "mean seconds, an unsolved trial counting twice its limit");
    }
    if (columns.contains(Column.AREA)) {
      note("area", "under accuracy over the logarithm of time, from 10 s to the longest limit");
    }
    if (columns.contains(Column.PASS)) {
      note("pass@k", "at least one of k attempts solves; pass^k: all of them do");
    }
    if (columns.contains(Column.FRONTIER)) {
      note(
          "on frontier",
          "share of resamples in which no other was as accurate and as fast (median s), and better in one");
    }
    if (columns.contains(Column.FLAKY)) {
      note("flaky", "tasks solved sometimes, of those with two attempts or more");
    }
    if (columns.contains(Column.DETECTABLE)) {
      note("detectable", "by this design in four of five cases, against a like contender");
    }
    if (columns.contains(Column.OTHER_CI)) {
      note("Wilson, ...", "of as many independent trials as would be equally sure of the accuracy");
    }
  }

  private void note(String about, String text) {
    notes.add(new Note(about, text, false));
  }
}
