package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.chart.CurvesChart;
import dev.pacebench.leaderboard.chart.SvgStyle;
import dev.pacebench.leaderboard.chart.TradeoffChart;
import dev.pacebench.leaderboard.table.Column;
import dev.pacebench.leaderboard.table.PlainTable;
import java.util.List;
import java.util.Locale;

/** A task set's table and charts as they are without a script. */
final class StaticSet {

  private final Board board;
  private final BoardSection section;

  /** Of several sets on the page, each says which it is. */
  private final boolean several;

  StaticSet(Board board, BoardSection section, boolean several) {
    this.board = board;
    this.section = section;
    this.several = several;
  }

  private String name() {
    return section.taskSet() + section.group().map(group -> " · " + group).orElse("");
  }

  private void open(Html html) {
    if (several) {
      html.open("section", "class", "static-set");
      html.open("h3").name(name()).close().line();
    }
  }

  private void close(Html html) {
    if (several) {
      html.close().line();
    }
  }

  void table(Html html) {
    open(html);
    scroll(html, "Contenders");
    if (section.rows().isEmpty()) {
      html.leaf("p", "No trial has finished yet.", "class", "empty");
    } else {
      table(html, "board", PlainTable.of(board, section, List.of()));
    }
    html.close().line();
    close(html);
  }

  /** What is wider than the page scrolls in a box of its own, also by keys. */
  private void scroll(Html html, String label) {
    String whole = several ? label + ", " + SafeText.page(name(), 80) : label;
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", whole);
  }

  private static void table(Html html, String kind, PlainTable table) {
    html.open("table", "class", kind).open("thead").open("tr");
    html.leaf("th", "Contender", "scope", "col", "class", "c-name");
    table.headings().forEach(heading -> html.leaf("th", heading, "scope", "col", "class", "num"));
    html.close().close().line().open("tbody").line();
    for (PlainTable.Line line : table.lines()) {
      html.open("tr", "class", line.row().greyed() ? "greyed" : "");
      html.open("th", "scope", "row", "class", "c-name").open("span", "class", "namecell");
      html.open("span").name(line.row().name()).close();
      marks(html, line.row(), line.marks());
      line.row()
          .row()
          .differs()
          .ifPresent(what -> html.open("span", "class", "differs").name(what).close());
      html.close().close();
      line.cells().forEach(cell -> html.leaf("td", cell, "class", "num"));
      html.close().line();
    }
    html.close().close();
  }

  private static void marks(Html html, BoardRow row, List<String> marks) {
    boolean imported = row.row().flags().containsKey(ContenderJson.IMPORTED);
    if (marks.isEmpty() && !imported) {
      return;
    }
    html.open("span", "class", "marks");
    for (String mark : marks) {
      html.leaf("span", mark.equals("greyed") ? "many lost" : mark, "class", "mark " + mark);
    }
    if (imported) {
      html.leaf("span", ContenderJson.IMPORTED, "class", "mark imported");
    }
    html.close();
  }

  /** Charts bear the names that the script knows them by where there is one set only. */
  void charts(Html html) {
    open(html);
    figure(
        html,
        "tradeoff",
        "Accuracy against time",
        TradeoffChart.svg(section, SvgStyle.PAGE),
        "Points whose intervals overlap may not be told apart; two contenders of one run are compared"
            + " better task by task.",
        PlainTable.of(
            board,
            section,
            List.of(Column.ACCURACY, Column.CI, Column.MEDIAN, Column.P90, Column.FRONTIER)));
    figure(
        html,
        "curves",
        "Accuracy within a time budget",
        CurvesChart.svg(section, SvgStyle.PAGE),
        "What each contender had solved by then. No agent knew of any budget but its limit.",
        PlainTable.within(board, section));
    close(html);
  }

  private void figure(
      Html html, String id, String title, String svg, String caption, PlainTable data) {
    html.open("figure", "id", several ? "" : "chart-" + id, "class", "chart").line();
    html.leaf(several ? "h4" : "h3", title);
    html.open("div", "class", "plot").own(svg).close().line();
    html.leaf("figcaption", caption);
    html.open("details", "class", "data").leaf("summary", "Show data table");
    scroll(html, "Data of " + title.toLowerCase(Locale.ROOT));
    table(html, "plain", data);
    html.close().close().close().line();
  }
}
