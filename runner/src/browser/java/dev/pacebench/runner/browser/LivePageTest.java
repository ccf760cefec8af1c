package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.pacebench.runner.serve.PageServer;
import dev.pacebench.runner.serve.ServedHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A served page shows what goes on without being loaded again, and asks nobody but its server. */
@InBrowser
class LivePageTest {

  private static final String SHOWS =
      "([place, text]) => document.querySelector(place)?.innerText.includes(text)";

  private final Browser browser;

  LivePageTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void whatBeginsAndWhatEndsIsShownInAnOpenPage(@TempDir Path folder) {
    List<String> said = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    try (ServedHome home = new ServedHome(folder, 3);
        PageServer server = home.serve();
        BrowserContext context = browser.newContext()) {
      home.finish(2);
      Page page = context.newPage();
      page.onConsoleMessage(message -> said.add(message.type() + ": " + message.text()));
      page.onPageError(error -> said.add("error: " + error));
      page.onRequest(request -> asked.add(request.url()));
      page.navigate(server.url() + "#theme=dark");
      awaits(page, "#top .lead", "1 trial.");
      page.evaluate("window.stays = true");

      home.claim();
      awaits(page, "#board .running", "Running now: 1 trial");
      assertThat(page.innerText("#board .running")).contains("one on task, attempt 1");
      home.finish(0);
      awaits(page, "#top .lead", "2 trials.");
      awaits(page, "#top .unfinished", "1 of 3 trials");
      assertThat(page.isVisible("#board .running")).isFalse();
      home.finish(1);
      home.end();
      awaits(page, "#top .lead", "3 trials.");

      assertThat(page.innerText("#board tbody")).contains("3/3");
      assertThat(page.isVisible("#top .unfinished")).isFalse();
      assertThat(page.evaluate("window.stays")).as("it was not loaded again").isEqualTo(true);
      assertThat((String) page.evaluate("location.hash")).contains("theme=dark");
      assertThat(asked).allMatch(url -> url.startsWith(server.url().toString()));
    }
    assertThat(said).isEmpty();
  }

  private static void awaits(Page page, String place, String text) {
    page.waitForFunction(SHOWS, List.of(place, text));
  }
}
