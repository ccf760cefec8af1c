package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Pictures to look at, not compared with others: fonts differ from machine to machine.
 *
 * <p>{@code -Dpacebench.screenshots=FOLDER} says where to, {@code -Dpacebench.screenshots.of=FILE}
 * of which page; else they show made-up trials and go to the build's own folder.
 */
@InBrowser
class ScreenshotsTest {

  private final Browser browser;

  ScreenshotsTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void lightDarkAndNarrow() throws Exception {
    Path folder = Path.of(System.getProperty("pacebench.screenshots", "target/screenshots"));
    String of = System.getProperty("pacebench.screenshots.of", "");
    Path file = of.isEmpty() ? Pages.usual().file() : Path.of(of).toAbsolutePath();
    Files.createDirectories(folder);
    try (Tab tab = Tab.open(browser, file, "", options -> options.setViewportSize(1200, 1560))) {
      picture(tab, folder.resolve("board-light.png"));
    }
    try (Tab tab =
        Tab.open(
            browser,
            file,
            "",
            options -> options.setViewportSize(1200, 1560).setColorScheme(ColorScheme.DARK))) {
      picture(tab, folder.resolve("board-dark.png"));
    }
    try (Tab tab = Tab.open(browser, file, "", options -> options.setViewportSize(360, 780))) {
      picture(tab, folder.resolve("board-narrow.png"));
    }
  }

  private static void picture(Tab tab, Path to) throws Exception {
    tab.page().screenshot(new Page.ScreenshotOptions().setPath(to));
    assertThat(Files.size(to)).isGreaterThan(10_000);
  }
}
