package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a reader chose is in the address, and comes back from it; files hold what is shown. */
@InBrowser
class PageStateTest {

  private static final String SHOWN =
      "document.querySelector('main').innerText + getComputedStyle(document.body).backgroundColor";

  private final Browser browser;

  PageStateTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void theAddressBringsTheSamePageBack() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      tab.page().locator("#budget-text").fill("45s");
      tab.page().locator("#budget-text").press("Enter");
      tab.page().locator("[data-key=sort-median]").click();
      tab.page().locator("input[type=search]").first().fill("s");
      tab.page().locator("[data-key=tradeoff-zoom]").click();
      tab.page().locator("[data-key=vs-0], [data-key=vs-a]").first().selectOption("2");
      tab.page().locator("[data-key^='task-']").first().click();
      tab.settle();
      String hash = tab.hash();
      assertThat(hash).contains("v=1", "T=", "sort=median.asc", "zoom=1", "vs=", "task=");
      Object shown = tab.js(SHOWN);

      tab.go(hash);
      assertThat(tab.js(SHOWN)).isEqualTo(shown);
      assertThat(tab.hash()).isEqualTo(hash);
    }
  }

  @Test
  void whatMakesNoSenseIsAsIfItWereNotThereAndWhatIsUnknownIsKept() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      Object shown = tab.js(SHOWN);
      tab.go(
          "#v=99&T=never&sort=__proto__.desc&cols=%3Cscript%3E&vs=-1,900&task=none&theme=pink&zoom=2&set=%00&mark=x&%E0%A4%A=1");
      assertThat(tab.js(SHOWN)).isEqualTo(shown);
      tab.go("#later=1&T=45");
      assertThat(tab.hash()).contains("later=1", "T=");
      tab.js("location.hash = ''");
      tab.settle();
      assertThat(tab.js(SHOWN)).isEqualTo(shown);
    }
  }

  @Test
  void aTypedBudgetSnapsToOneThatWasComputed() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      tab.page().locator("#budget-text").fill("5m");
      tab.page().locator("#budget-text").press("Enter");
      tab.settle();
      assertThat(tab.texts("#board thead th")).anyMatch(it -> it.startsWith("Within 5 min"));
      tab.page().locator("#budget-text").fill("soon");
      tab.page().locator("#budget-text").press("Enter");
      tab.settle();
      assertThat(tab.js("document.getElementById('budget-text').getAttribute('aria-invalid')"))
          .isEqualTo("true");
      assertThat(tab.texts("#board thead th")).anyMatch(it -> it.startsWith("Within 5 min"));
    }
  }

  @Test
  void filesHoldWhatIsShown() throws IOException {
    try (Tab tab = Tab.open(browser, Pages.hostile().file(), "")) {
      String csv = saved(tab, "#board .menu", "Table as CSV");
      assertThat(csv.lines()).hasSize(5);
      assertThat(csv).startsWith("Rank,Contender,Accuracy").contains("</script><img");
      String svg = saved(tab, "#chart-tradeoff .menu", "SVG");
      assertThat(svg)
          .startsWith("<svg")
          .contains("http://www.w3.org/2000/svg")
          .doesNotContain("var(", "<script", "<img");
      String png = saved(tab, "#chart-tradeoff .menu", "PNG");
      assertThat(png.substring(1, 4)).isEqualTo("PNG");
    }
  }

  private static String saved(Tab tab, String menus, String button) throws IOException {
    var menu =
        tab.page()
            .locator(menus, new com.microsoft.playwright.Page.LocatorOptions().setHasText(button))
            .first();
    menu.locator("summary").click();
    Download download =
        tab.page()
            .waitForDownload(
                () ->
                    menu.getByText(
                            button,
                            new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                        .click());
    try (var in = download.createReadStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      tab.page().keyboard().press("Escape");
    }
  }
}
