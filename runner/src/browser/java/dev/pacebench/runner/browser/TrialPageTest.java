package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.trial.Act;
import dev.pacebench.leaderboard.page.trial.TrialPages;
import dev.pacebench.leaderboard.page.trial.TrialStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a trial is as calm and as readable as the board, whatever the model wrote. */
@InBrowser
class TrialPageTest {

  private static final String HOSTILE =
      "</script><script>window.bad=1</script><img src=x"
          + " onerror=\"window.bad=1\">\u001b[31m\u202Eabc "
          + "wide".repeat(300);

  private final Browser browser;

  TrialPageTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void itIsReadableInLightDarkAndNarrow(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("trial.html"), TrialPages.html(story()));
    try (Tab tab = Tab.open(browser, file, "")) {
      assertThat(tab.js("window.bad === undefined")).isEqualTo(true);
      assertThat(Axe.violations(tab.page())).isEmpty();
    }
    try (Tab tab =
        Tab.open(
            browser,
            file,
            "",
            options -> options.setColorScheme(ColorScheme.DARK).setViewportSize(320, 800))) {
      assertThat(Axe.violations(tab.page())).isEmpty();
      assertThat((Integer) tab.js("document.documentElement.scrollWidth - innerWidth"))
          .as("scrolls sideways")
          .isLessThanOrEqualTo(0);
    }
  }

  private static TrialStory story() {
    TrialRecord trial = Boards.hostile().get(0);
    List<Act.Step> steps =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new Act.Step(
                        "agent",
                        2.0 * i,
                        1.2,
                        0.7,
                        0.0,
                        120L,
                        HOSTILE,
                        HOSTILE,
                        "",
                        List.of(),
                        List.of(HOSTILE)))
            .toList();
    return new TrialStory(
        "0.1.0",
        new TrialStory.TrialId("run-1", "trial-1", trial.taskSet(), HOSTILE, HOSTILE, 1),
        "done",
        trial,
        List.of(
            new TrialStory.SpentState("wait_first", 2, true),
            new TrialStory.SpentState("tool_exec", 3, true)),
        List.of(new Act("", 6.0, "finished", steps, List.of())),
        List.of(
            new TrialStory.ModelCall(
                "1", 0, 1.2, 200, "sse", 0.4, 80.0, 900L, 0L, 120L, "finished")),
        List.of(new TrialStory.Text("verifier", HOSTILE, 0)),
        List.of(new TrialStory.EvidenceFile("verifier/out.txt", 12, null)),
        List.of(new TrialStory.Link("try 1", null)),
        List.of(),
        List.of(new TrialStory.Link("the board", "board.html")));
  }
}
