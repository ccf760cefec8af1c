package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page can be read and used without a mouse, without colours, without script, on paper. */
@InBrowser
class PageForEverybodyTest {

  private final Browser browser;

  PageForEverybodyTest(Browser browser) {
    this.browser = browser;
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        look("light, wide", it -> it),
        look("dark, wide", it -> it.setColorScheme(ColorScheme.DARK)),
        look("light, narrow", it -> it.setViewportSize(320, 800)),
        look("dark, narrow", it -> it.setViewportSize(320, 800).setColorScheme(ColorScheme.DARK)),
        look("forced colours", it -> it.setForcedColors(ForcedColors.ACTIVE)));
  }

  private static Arguments look(String name, UnaryOperator<Browser.NewContextOptions> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void axeFindsNothing(String name, UnaryOperator<Browser.NewContextOptions> change) {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "#task=task-003", change)) {
      assertThat(Axe.violations(tab.page())).as(name).isEmpty();
      assertThat((Integer) tab.js("document.documentElement.scrollWidth - innerWidth"))
          .as("scrolls sideways, " + name)
          .isLessThanOrEqualTo(0);
    }
  }

  @Test
  void theKeyboardReachesSortingAPointAndACell() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      assertThat(reach(tab, "sort-accuracy", 60)).isTrue();
      tab.page().keyboard().press("Enter");
      tab.settle();
      assertThat(tab.js("document.querySelector('th[aria-sort]:not([aria-sort=none])').innerText"))
          .asString()
          .contains("Accuracy");
      assertThat(focused(tab)).as("focus after drawing anew").isEqualTo("sort-accuracy");

      assertThat(reach(tab, "tradeoff-[0-9]+", 80)).isTrue();
      assertThat(tab.js("document.activeElement.getAttribute('aria-label')"))
          .asString()
          .contains("%", "interval");
      tab.page().keyboard().press("Enter");
      tab.settle();
      assertThat(tab.hash()).contains("pick=");

      assertThat(reach(tab, "heat-cell", 200)).isTrue();
      Object before = tab.js("document.activeElement.getAttribute('aria-label')");
      tab.page().keyboard().press("ArrowRight");
      assertThat(tab.js("document.activeElement.getAttribute('aria-label')")).isNotEqualTo(before);
    }
  }

  @Test
  void theBudgetMovesByKeys() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      assertThat(reach(tab, "budget", 20)).isTrue();
      tab.page().keyboard().press("Home");
      tab.settle();
      assertThat(tab.js("document.getElementById('budget').getAttribute('aria-valuetext')"))
          .asString()
          .startsWith("within");
      tab.page().keyboard().press("End");
      tab.settle();
      assertThat(tab.js("document.getElementById('budget').getAttribute('aria-valuetext')"))
          .isEqualTo("whole limit");
      assertThat(tab.hash()).doesNotContain("T=");
    }
  }

  /** Presses Tab until what is focused has a key like that. */
  private static boolean reach(Tab tab, String key, int most) {
    for (int i = 0; i < most; i++) {
      tab.page().keyboard().press("Tab");
      if (focused(tab).matches(key)) {
        assertThat((Boolean) tab.js("document.activeElement.matches(':focus-visible')")).isTrue();
        return true;
      }
    }
    return false;
  }

  private static String focused(Tab tab) {
    return String.valueOf(tab.js("document.activeElement.getAttribute('data-key')"));
  }

  @Test
  void withoutScriptTablesAndChartsAreThere() {
    try (Tab tab =
        Tab.open(browser, Pages.usual().file(), "", it -> it.setJavaScriptEnabled(false))) {
      assertThat(tab.page().locator("#board table tbody tr").count()).isEqualTo(4);
      assertThat(tab.page().locator("#charts svg.pb-static").count()).isEqualTo(2);
      assertThat(tab.text("#board")).contains("flagship-sse", "spark-websocket");
      assertThat(tab.text("#provenance")).contains("pacebench run -t made-up -l made-up");
      assertThat(tab.page().locator("#controls").isVisible()).isFalse();
      assertThat(tab.page().locator("#charts svg.pb-static").first().boundingBox().width)
          .isGreaterThan(500);
    }
  }

  @Test
  void onPaperAllOfItIsThere() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      tab.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(tab.page().locator("#controls").isVisible()).isFalse();
      assertThat(tab.page().locator("#board table").isVisible()).isTrue();
      byte[] pdf = tab.page().pdf();
      assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("%PDF-");
      assertThat(pdf.length).isGreaterThan(40_000);
    }
  }

  @Test
  void everyChartHasItsFiguresAsATable() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      int charts = tab.page().locator("#charts figure:not([hidden])").count();
      assertThat(charts).isGreaterThanOrEqualTo(5);
      tab.js("document.querySelectorAll('#charts details.data').forEach((it) => it.open = true)");
      tab.settle();
      assertThat(
              tab.page()
                  .locator("#charts figure:not([hidden]) details.data table tbody tr")
                  .count())
          .isGreaterThan(charts);
      for (int i = 0; i < charts; i++) {
        var figure = tab.page().locator("#charts figure:not([hidden])").nth(i);
        assertThat(figure.locator("figcaption").innerText()).isNotBlank();
        assertThat(figure.locator("details.data table tbody tr").count()).isPositive();
      }
    }
  }
}
