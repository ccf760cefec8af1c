package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.pacebench.leaderboard.TrialRecord;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page asks for nothing and says nothing, whatever is done with it and whatever it shows. */
@InBrowser
class PageCalmTest {

  private final Browser browser;

  PageCalmTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void everyControlCanBeUsedWithoutARequestOrAMessage() {
    try (Tab tab = Tab.open(browser, Pages.usual().file(), "")) {
      for (Locator sort : tab.page().locator("#board thead button").all()) {
        sort.click();
        sort.click();
      }
      tab.page().locator("#budget").press("Home");
      tab.page().locator("#budget").press("ArrowRight");
      tab.page().locator("input[type=search]").first().fill("sse");
      tab.settle();
      assertThat(tab.texts("#board tbody tr")).hasSize(2);
      tab.page().locator("input[type=search]").first().fill("");
      for (Locator more : tab.page().locator("details > summary:visible").all()) {
        more.click();
        tab.page().keyboard().press("Escape");
      }
      tab.settle();
      assertThat(tab.texts("#board tbody tr")).hasSize(4);
    }
  }

  @Test
  void namesOfOthersAreTextWhereverTheyStand() {
    try (Tab tab = Tab.open(browser, Pages.hostile().file(), "")) {
      assertThat(tab.js("window.bad === undefined")).isEqualTo(true);
      assertThat(tab.js("document.querySelectorAll('#board img, #charts img').length"))
          .isEqualTo(0);
      List<String> names = tab.texts("#board tbody th");
      assertThat(names).anyMatch(name -> name.contains("</script><img src=x onerror="));
      assertThat(names).anyMatch(name -> name.contains("<!--<script>long long"));
      assertThat(names).anyMatch(name -> name.contains("測試"));
      String all = (String) tab.js("document.body.innerText");
      assertThat(all).doesNotContain("\u202E", "\u001b", "\u0000");
      assertThat((Integer) tab.js("document.documentElement.scrollWidth - innerWidth"))
          .as("scrolls sideways")
          .isLessThanOrEqualTo(0);
      tab.page().locator("[data-key^='task-']").first().click();
      tab.settle();
      assertThat(tab.js("window.bad === undefined")).isEqualTo(true);
    }
  }

  @Test
  void littleOrNothingToShowIsShownCalmly() {
    List<TrialRecord> nobody = List.of();
    try (Tab tab = Tab.open(browser, Pages.of("none", () -> nobody).file(), "")) {
      assertThat(tab.text("body")).containsIgnoringCase("no trial");
    }
    List<Boards.Who> one = List.of(new Boards.Who("only", 0.5, 20, false));
    Pages.Made few = Pages.of("few", () -> Boards.trials("run-1", "few", 3, 1, one));
    try (Tab tab = Tab.open(browser, few.file(), "#T=20&sort=accuracy.desc&vs=0,1")) {
      assertThat(tab.texts("#board tbody th")).hasSize(1);
      assertThat(tab.text("#board")).containsIgnoringCase("no interval");
    }
    List<Boards.Who> failing = List.of(new Boards.Who("never", -9, 20, true));
    Pages.Made never = Pages.of("never", () -> Boards.trials("run-1", "never", 12, 2, failing));
    try (Tab tab = Tab.open(browser, never.file(), "")) {
      assertThat(tab.text("#board tbody")).contains("0.0 %");
    }
  }

  @Test
  void severalTaskSetsAreShownOneAtATime() {
    Pages.Made two =
        Pages.of(
            "two",
            () -> {
              List<TrialRecord> trials = new ArrayList<>(Boards.usual());
              trials.addAll(
                  Boards.trials(
                      "run-2",
                      "other",
                      12,
                      2,
                      List.of(new Boards.Who("only-here", 0.5, 9, false))));
              return trials;
            });
    try (Tab tab = Tab.open(browser, two.file(), "")) {
      assertThat(tab.texts("#board tbody th")).hasSize(4);
      tab.page().locator("#set").selectOption("other");
      tab.settle();
      assertThat(tab.text("#board tbody")).contains("only-here").doesNotContain("spark");
      assertThat(tab.hash()).contains("set=other");
    }
  }

  @Test
  void itFollowsLightAndDarkAndCanBeToldOtherwise() {
    try (Tab tab =
        Tab.open(browser, Pages.usual().file(), "", it -> it.setColorScheme(ColorScheme.DARK))) {
      String dark = background(tab);
      tab.go("#theme=light");
      String light = background(tab);
      assertThat(light).isEqualTo("rgb(255, 255, 255)").isNotEqualTo(dark);
      tab.page()
          .locator("input[name=theme][value=dark]")
          .check(new Locator.CheckOptions().setForce(true));
      tab.settle();
      assertThat(background(tab)).isEqualTo(dark);
    }
  }

  @Test
  void thePageIsSmall() throws Exception {
    assertThat(Files.size(Pages.usual().file())).isLessThan(900_000);
  }

  private static String background(Tab tab) {
    return (String) tab.js("getComputedStyle(document.body).backgroundColor");
  }
}
