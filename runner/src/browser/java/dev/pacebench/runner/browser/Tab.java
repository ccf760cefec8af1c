package dev.pacebench.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A page that is open without any network. Whatever a test does with it, closing fails when the
 * page asked for anything but its own file, or said anything on the console: a blocked style, a
 * broken script.
 */
final class Tab implements AutoCloseable {

  private final BrowserContext context;
  private final Page page;
  private final Path file;
  private final boolean scripts;
  private final List<String> requests = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();

  private Tab(BrowserContext context, Path file, boolean scripts) {
    this.context = context;
    this.file = file;
    this.scripts = scripts;
    page = context.newPage();
    page.setDefaultTimeout(30_000);
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(message -> messages.add(message.type() + ": " + message.text()));
    page.onPageError(error -> messages.add("error: " + error));
  }

  /** 1280 pixels wide, light. */
  static Tab open(Browser browser, Path file, String hash) {
    return open(browser, file, hash, options -> options);
  }

  static Tab open(
      Browser browser, Path file, String hash, UnaryOperator<Browser.NewContextOptions> changes) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setViewportSize(1280, 900).setOffline(true);
    Browser.NewContextOptions changed = changes.apply(options);
    boolean scripts = !Boolean.FALSE.equals(changed.javaScriptEnabled);
    Tab tab = new Tab(browser.newContext(changed), file, scripts);
    tab.go(hash);
    return tab;
  }

  Page page() {
    return page;
  }

  /** Opens the file anew with this after its address; ready when all is drawn. */
  void go(String hash) {
    requests.clear();
    page.navigate("about:blank");
    page.navigate(file.toUri() + hash);
    settle();
  }

  /** Waits until nothing is left to be drawn. */
  void settle() {
    if (!scripts) {
      return; // A promise would never come true.
    }
    // Charts out of sight are drawn later, and all of them before the page is printed.
    page.evaluate(
        """
        () => new Promise((done) => requestAnimationFrame(() => {
          dispatchEvent(new Event('beforeprint'));
          requestAnimationFrame(() => setTimeout(done, 20));
        }))
        """);
  }

  String text(String selector) {
    return page.locator(selector).first().innerText();
  }

  /** What all elements say, in order. */
  List<String> texts(String selector) {
    return page.locator(selector).allInnerTexts().stream().map(String::strip).toList();
  }

  Object js(String expression) {
    return page.evaluate(expression);
  }

  /** The part of the address that keeps what a reader chose. */
  String hash() {
    // It is written a moment after a change.
    page.evaluate("() => new Promise((done) => setTimeout(done, 220))");
    return (String) page.evaluate("location.hash");
  }

  @Override
  public void close() {
    List<String> asked = requests.stream().filter(Tab::counts).toList();
    try {
      context.close();
    } finally {
      assertThat(messages).as("console of " + file).isEmpty();
      assertThat(asked).as("requests of " + file).hasSizeLessThanOrEqualTo(1);
      assertThat(asked).allMatch(url -> url.startsWith(file.toUri().toString()));
    }
  }

  private static boolean counts(String url) {
    return !url.equals("about:blank") && !url.startsWith("blob:") && !url.startsWith("data:");
  }
}
