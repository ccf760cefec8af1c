package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.table.PlainTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the page: one HTML file that needs nothing else and may do nothing else.
 *
 * <p>Tables, charts and provenance are there without a script; the script puts what can be worked
 * with in their place. The same data give the same bytes.
 */
public final class BoardPage {

  /** Charts that only the script draws. */
  private static final List<String> DRAWN = List.of("time", "duel", "heat", "trend");

  private final PageData data;
  private final Board board;
  private final Html html = new Html();

  private BoardPage(PageData data) {
    this.data = data;
    this.board = data.board();
  }

  /** For a file. */
  public static String html(PageData data) {
    return new BoardPage(data).write("", "");
  }

  /**
   * For a server whose figures change.
   *
   * @param eventsUrl server-sent events, of the page's own origin
   * @param dataUrl the JSON, of the page's own origin
   */
  public static String live(PageData data, String eventsUrl, String dataUrl) {
    return new BoardPage(data).write(eventsUrl, dataUrl);
  }

  private String write(String eventsUrl, String dataUrl) {
    PageResources own = PageResources.get();
    PageHead head = new PageHead(board);
    html.own("<!doctype html>\n");
    html.open("html", "lang", "en", "data-live", eventsUrl, "data-url", dataUrl).line();
    html.own("<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"");
    html.own(" content=\"");
    html.own(policy(own, !eventsUrl.isEmpty())).own("\">\n");
    html.own("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.own("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.leaf("title", head.title()).line();
    html.inline("style", own.style).own("</head>\n");
    html.open("body").line();
    html.leaf("a", "Skip to the table", "class", "skip", "href", "#board").line();
    head.write(html);
    if (!eventsUrl.isEmpty()) {
      html.open("p").leaf("a", "All runs and their trials", "href", "/runs").close().line();
    }
    html.own("<nav id=\"controls\" aria-label=\"What is shown\" hidden></nav>\n");
    html.open("main").line();
    table();
    charts();
    html.own(
        "<section id=\"compare\" hidden></section>\n<section id=\"tasks\" hidden></section>\n");
    new Provenance(board, data.request()).write(html);
    html.close().line();
    Definitions.write(html, board);
    // In ASCII, and without anything that could end the element.
    String json = new String(data.json(), StandardCharsets.US_ASCII);
    html.inline("script", json, "type", "application/json", "id", "data");
    own.scripts.forEach(script -> html.inline("script", script));
    html.close().line().close().line();
    return html.toString();
  }

  private static String policy(PageResources own, boolean live) {
    return ContentPolicy.of(own.scripts, List.of(own.style, own.plotStyle), live);
  }

  private void table() {
    html.open("section", "id", "board", "aria-labelledby", "board-h").line();
    html.leaf("h2", "Contenders", "id", "board-h").line();
    sets().forEach(set -> set.table(html));
    html.open("div", "class", "notes").line();
    for (PlainTable.Remark remark : PlainTable.remarks(board)) {
      html.open("p").leaf(remark.warns() ? "strong" : "span", remark.about() + ": ");
      html.text(remark.text() + ".").close().line();
    }
    html.close().close().line();
  }

  private void charts() {
    html.open("section", "id", "charts", "aria-labelledby", "charts-h").line();
    html.leaf("h2", "Accuracy and time", "id", "charts-h").line();
    sets().forEach(set -> set.charts(html));
    List<String> drawn = new ArrayList<>(DRAWN);
    if (board.sections().size() != 1) {
      drawn.addAll(0, List.of("tradeoff", "curves"));
    }
    for (String id : drawn) {
      html.own("<figure id=\"chart-" + id + "\" class=\"chart\" hidden></figure>\n");
    }
    html.close().line();
  }

  private List<StaticSet> sets() {
    List<BoardSection> sections = board.sections();
    return sections.stream()
        .map(section -> new StaticSet(board, section, sections.size() > 1))
        .toList();
  }
}
