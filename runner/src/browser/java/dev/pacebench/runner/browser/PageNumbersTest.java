package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.stats.Quantile;
import dev.pacebench.leaderboard.table.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What stands on the page is what the statistics say, to the printed digit. */
@InBrowser
class PageNumbersTest {

  private static final String CELLS =
      """
      () => {
        const head = [...document.querySelectorAll('#board thead th')].map((it) => it.innerText.trim());
        return [...document.querySelectorAll('#board tbody tr')].map((row) =>
          Object.fromEntries([...row.children].map((cell, i) => [head[i], cell.innerText.trim()])));
      }
      """;

  private final Browser browser;
  private final Pages.Made made = Pages.usual();
  private final BoardSection section = made.data().board().sections().get(0);

  PageNumbersTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void inTheEndTheyAreThoseOfTheTable() {
    try (Tab tab = Tab.open(browser, made.file(), "")) {
      Map<String, Map<String, String>> rows = rows(tab);
      assertThat(rows).hasSize(4);
      for (BoardRow row : section.rows()) {
        Map<String, String> shown = rows.get(row.name());
        assertThat(shown)
            .as(row.name())
            .containsEntry("Accuracy", Shown.percent(row.row().accuracy()))
            .containsEntry("95 %", Shown.interval(row.intervals().headline()))
            .containsEntry("Rank", Shown.ranks(row.ranks()))
            .containsEntry("Median s", Shown.seconds(row.times().medianSolved()))
            .containsEntry("PAR-2 s", Shown.seconds(row.par2()))
            .containsEntry("Solved", row.row().solved() + "/" + row.row().trials());
      }
      assertThat(List.copyOf(rows.keySet()))
          .as("order of rows")
          .isEqualTo(section.rows().stream().map(BoardRow::name).toList());
    }
  }

  @Test
  void atThreeBudgetsTheyAreThoseOfTheCurves() {
    int last = section.grid().size() - 1;
    try (Tab tab = Tab.open(browser, made.file(), "")) {
      for (int index : new int[] {last / 4, last / 2, 3 * last / 4}) {
        double budget = section.grid().at(index);
        tab.go("#T=" + budget);
        Map<String, Map<String, String>> rows = rows(tab);
        for (BoardRow row : section.rows()) {
          Optional<AtBudget> at = row.accuracyAt(budget);
          String accuracy = Shown.percent(OptionalDouble.of(at.orElseThrow().accuracy()));
          Map<String, String> shown = rows.get(row.name());
          assertThat(shown)
              .as(row.name() + " within " + budget)
              .containsEntry("95 %", Shown.interval(at.flatMap(AtBudget::band)))
              .containsEntry("Rank", Shown.ranks(at.flatMap(AtBudget::ranks)))
              .containsEntry("Median s", Shown.seconds(median(row.name(), budget)))
              .containsEntry("In the end", Shown.percent(row.row().accuracy()));
          assertThat(shown)
              .hasEntrySatisfying(within(shown), it -> assertThat(it).isEqualTo(accuracy));
          assertThat(accuracy).isEqualTo(Shown.percent(counted(row.name(), budget)));
        }
      }
    }
  }

  @Test
  void withoutScriptTheyAreTheSame() {
    try (Tab tab =
        Tab.open(browser, made.file(), "", options -> options.setJavaScriptEnabled(false))) {
      for (BoardRow row : section.rows()) {
        assertThat(
                tab.page()
                    .locator(
                        "#board tr",
                        new com.microsoft.playwright.Page.LocatorOptions().setHasText(row.name()))
                    .first()
                    .textContent())
            .contains(
                Shown.percent(row.row().accuracy()),
                Shown.interval(row.intervals().headline()),
                Shown.seconds(row.times().medianSolved()));
      }
    }
  }

  private static String within(Map<String, String> shown) {
    return shown.keySet().stream().filter(it -> it.startsWith("Within ")).findFirst().orElseThrow();
  }

  /** By contender, as shown from top to bottom. */
  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, String>> rows(Tab tab) {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (Map<String, String> row : (List<Map<String, String>>) tab.page().evaluate(CELLS)) {
      rows.put(row.get("Contender").lines().findFirst().orElseThrow().strip(), row);
    }
    return rows;
  }

  /** Straight from the trials, without the classes that the page's figures are from. */
  private OptionalDouble counted(String contender, double budget) {
    return made.trials().stream()
        .filter(trial -> trial.contender().equals(contender))
        .mapToDouble(trial -> isSolved(trial, budget) ? 1 : 0)
        .average();
  }

  private OptionalDouble median(String contender, double budget) {
    double median =
        Quantile.ofSorted(
            made.trials().stream()
                .filter(trial -> trial.contender().equals(contender) && isSolved(trial, budget))
                .mapToDouble(TrialRecord::agentSeconds)
                .sorted()
                .toArray(),
            0.5);
    return Double.isNaN(median) ? OptionalDouble.empty() : OptionalDouble.of(median);
  }

  private static boolean isSolved(TrialRecord trial, double budget) {
    return trial.outcome() == Outcome.SOLVED && trial.agentSeconds() <= budget;
  }
}
