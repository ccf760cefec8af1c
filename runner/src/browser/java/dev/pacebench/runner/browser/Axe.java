package dev.pacebench.runner.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Page;
import java.util.stream.Collectors;

/** What axe has against a page: contrast, names, roles, order. */
final class Axe {

  private Axe() {}

  /** A line for each rule that is broken, with where; empty when none is. */
  static String violations(Page page) {
    AxeResults results = new AxeBuilder(page).setLegacyMode(true).analyze();
    return results.getViolations().stream()
        .map(
            rule ->
                rule.getId()
                    + ": "
                    + rule.getNodes().stream()
                        .limit(4)
                        .map(node -> node.getTarget() + " " + node.getHtml())
                        .collect(Collectors.joining("; ")))
        .collect(Collectors.joining("\n"));
  }
}
