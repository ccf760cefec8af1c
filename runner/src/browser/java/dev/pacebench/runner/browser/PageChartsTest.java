package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import dev.pacebench.leaderboard.board.BoardRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Marks of charts stand where their figures are. */
@InBrowser
class PageChartsTest {

  /** The middle of every label of the time axis, by its text. */
  private static final String LABELS =
      """
      (id) => Object.fromEntries([...document.querySelectorAll(`#${id} svg text`)]
        .filter((it) => /^[0-9]+ (s|min|h)$/.test(it.textContent))
        .map((it) => [it.textContent, it.getBoundingClientRect()])
        .map(([text, box]) => [text, box.x + box.width / 2]))
      """;

  private final Browser browser;

  PageChartsTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  @SuppressWarnings("unchecked")
  void timeIsLogarithmicOnEveryAxisOfIt() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      for (String chart : List.of("chart-tradeoff", "chart-curves")) {
        Map<String, Number> labels = (Map<String, Number>) tab.page().evaluate(LABELS, chart);
        assertThat(labels).as(chart).containsKeys("10 s", "1 min");
        double tenfold =
            (labels.get("1 min").doubleValue() - labels.get("10 s").doubleValue()) / Math.log10(6);
        labels.forEach(
            (text, x) ->
                assertThat(x.doubleValue())
                    .as(chart + " " + text)
                    .isCloseTo(
                        labels.get("10 s").doubleValue() + tenfold * Math.log10(seconds(text) / 10),
                        within(1.5)));
      }
    }
  }

  private static double seconds(String text) {
    double number = Double.parseDouble(text.split(" ")[0]);
    return text.endsWith("min") ? 60 * number : text.endsWith("h") ? 3600 * number : number;
  }

  @Test
  @SuppressWarnings("unchecked")
  void onlyContendersThatNoneBeatsInBothAreFilled() {
    Pages.Made made = Pages.usual();
    List<BoardRow> rows = made.data().board().sections().get(0).rows();
    try (Tab tab = Tab.open(browser, made.file(), "")) {
      List<Map<String, String>> points =
          (List<Map<String, String>>)
              tab.js(
                  """
                  [...document.querySelectorAll('#chart-tradeoff [data-key^="tradeoff-"]')]
                    .filter((it) => /^tradeoff-[0-9]+$/.test(it.dataset.key))
                    .map((it) => ({ index: it.dataset.key.slice(9), fill: it.getAttribute('fill') ?? '' }))
                  """);
      assertThat(points).hasSize(rows.size());
      assertThat(rows.stream().filter(BoardRow::onFrontier)).hasSize(2);
      for (Map<String, String> point : points) {
        BoardRow row = rows.get(Integer.parseInt(point.get("index")));
        boolean filled = point.get("fill").startsWith("var(--series");
        assertThat(filled).as(row.name()).isEqualTo(row.onFrontier());
      }
    }
  }

  @Test
  void chartsFollowTheBudget() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      String end = tab.text("#chart-tradeoff h3");
      tab.go("#T=15");
      assertThat(tab.text("#chart-tradeoff h3")).isNotEqualTo(end).contains("within");
    }
  }

  @Test
  void aCellLeadsToItsTask() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      tab.page().locator("#chart-heat [data-key='heat-cell']").first().click();
      tab.settle();
      assertThat(tab.hash()).contains("task=");
      assertThat(tab.text("#tasks")).contains("task-0");
    }
  }
}
