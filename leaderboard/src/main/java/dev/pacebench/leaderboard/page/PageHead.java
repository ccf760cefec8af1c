package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.table.PlainTable;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The top of the page: what it is about, what came of it, and what nobody may overlook. */
final class PageHead {

  private final Board board;

  PageHead(Board board) {
    this.board = board;
  }

  String title() {
    List<String> sets = board.sections().stream().map(BoardSection::taskSet).distinct().toList();
    return switch (sets.size()) {
      case 0 -> "Pacebench";
      case 1 -> SafeText.page(sets.get(0), 60) + ": accuracy and time";
      default -> sets.size() + " task sets: accuracy and time";
    };
  }

  void write(Html html) {
    html.open("header", "id", "top").line();
    html.open("h1").open("bdi").text(title()).close().close().line();
    html.open("p", "class", "lead").text(size() + ". ");
    if (board.sections().size() == 1) {
      standings(html, board.sections().get(0));
    }
    html.close().line();
    marks(html);
    html.close().line();
  }

  private String size() {
    Set<String> contenders = new TreeSet<>();
    board.rows().forEach(row -> contenders.add(row.name()));
    int tasks = board.sections().stream().mapToInt(BoardSection::tasks).sum();
    return count(contenders.size(), "contender")
        + ", "
        + count(tasks, "task")
        + ", "
        + count(board.used(), "trial");
  }

  private static String count(int count, String noun) {
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }

  /** The most accurate and the fastest; no claim that one of them is better beyond chance. */
  private static void standings(Html html, BoardSection section) {
    List<BoardRow> rows =
        section.rows().stream()
            .filter(row -> !row.greyed() && row.row().solved() > 0)
            .filter(row -> row.times().medianSolved().isPresent())
            .toList();
    if (rows.isEmpty()) {
      html.text("Nothing was solved.");
      return;
    }
    BoardRow best = rows.get(0);
    BoardRow fast = rows.stream().min(Comparator.comparingDouble(PageHead::median)).orElse(best);
    one(html, best);
    if (!fast.name().equals(best.name())) {
      html.text("; ");
      one(html, fast);
    }
    html.text(".");
  }

  private static void one(Html html, BoardRow row) {
    html.name(row.name());
    html.text(
        " solved "
            + PlainTable.percent(row.row().accuracy().orElse(Double.NaN))
            + " with a median of "
            + PlainTable.seconds(median(row))
            + " s");
  }

  private static double median(BoardRow row) {
    return row.times().medianSolved().orElse(Double.POSITIVE_INFINITY);
  }

  private void marks(Html html) {
    List<BoardRow> rows = board.rows();
    html.open("p", "class", "marks");
    mark(
        html,
        "simulated",
        BoardRow::simulated,
        "Simulated: no model took part. This shows how Pacebench works, not how a model does",
        "No model took part in some rows, which are simulated");
    mark(
        html,
        "estimated",
        BoardRow::estimated,
        "Estimated: re-timed under another tier, not measured",
        "Some rows are estimated: re-timed under another tier, not measured");
    mark(
        html,
        ContenderJson.IMPORTED,
        row -> row.row().flags().containsKey(ContenderJson.IMPORTED),
        "Imported: measured elsewhere",
        "Some rows are imported: measured elsewhere");
    if (board.unfinished()) {
      html.leaf(
          "span",
          "Unfinished: %,d of %,d trials are pending; figures use only the %,d of those tasks and attempts that all contenders have finished"
              .formatted(board.planned() - board.done(), board.planned(), board.used()),
          "class",
          "mark unfinished");
    }
    if (rows.stream().anyMatch(BoardRow::greyed)) {
      html.open("span", "class", "mark greyed");
      html.text("More than 2 % of the trials lost, not to be compared: ");
      String before = "";
      for (String name : names(rows.stream().filter(BoardRow::greyed))) {
        html.text(before).name(name, 32);
        before = ", ";
      }
      html.close();
    }
    html.close().line();
  }

  private static List<String> names(Stream<BoardRow> rows) {
    return rows.map(BoardRow::name).distinct().limit(6).toList();
  }

  private void mark(
      Html html, String word, Predicate<BoardRow> which, String ofAll, String ofSome) {
    long marked = board.rows().stream().filter(which).count();
    if (marked > 0) {
      html.leaf("span", marked == board.rows().size() ? ofAll : ofSome, "class", "mark " + word);
    }
  }
}
