package dev.pacebench.runner.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.pacebench.leaderboard.page.BoardPage;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.leaderboard.page.PageLinks;
import dev.pacebench.leaderboard.page.PageRequest;
import dev.pacebench.runner.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How quickly a browser shows a page of many trials, and how quickly it follows the slider. */
public final class BrowserBench implements BenchMain.Bench {

  private static final String BENCH = "board";
  private static final BoardScale.Shape MANY = new BoardScale.Shape(200, 5, 10);
  private static final BoardScale.Shape HUGE = new BoardScale.Shape(2000, 5, 10);
  private static final int OPENINGS = 5;

  private static final String FIRST_PAINT =
      """
      () => new Promise((done) => {
        const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
        const wait = () => seen() ? done(seen().startTime) : setTimeout(wait, 5);
        wait();
      })
      """;

  /** Milliseconds of frames in which nothing changes: what the machine itself takes. */
  private static final String FRAMES =
      """
      async () => {
        const times = [];
        for (let frame = 0; frame < 40; frame++) {
          const start = performance.now();
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
          times.push(performance.now() - start);
          await new Promise((done) => setTimeout(done, 30));
        }
        return times;
      }
      """;

  /** Milliseconds of steps of the slider, each until it is painted. */
  private static final String STEPS =
      """
      async (id) => {
        document.getElementById(id).scrollIntoView();
        await new Promise((done) => setTimeout(done, 600));
        const slider = document.getElementById('budget');
        const times = [];
        for (let step = 0; step < 40; step++) {
          const start = performance.now();
          slider.value = (step * 7) % Number(slider.max);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
          times.push(performance.now() - start);
          await new Promise((done) => setTimeout(done, 30));
        }
        return times;
      }
      """;

  @Override
  public void run(boolean quick, List<Result> results) throws IOException {
    Path many = page(MANY);
    try (Playwright driver = Chromium.driver();
        Browser browser = Chromium.launch(driver)) {
      open(browser, many).close(); // A browser's first page pays for the browser.
      double[] paints = new double[OPENINGS];
      for (int i = 0; i < OPENINGS; i++) {
        BrowserContext context = open(browser, many);
        paints[i] = firstPaint(context) / 1000;
        context.close();
      }
      results.add(
          Result.atMost(
              BENCH,
              "first paint of 10,000 trials in a browser, median",
              median(paints),
              "s",
              1.5));
      BrowserContext context = open(browser, many);
      results.add(
          Result.note(
              BENCH,
              "frame in which nothing changes, p95",
              late((List<?>) context.pages().get(0).evaluate(FRAMES)),
              "ms"));
      for (String part : List.of("board", "chart-tradeoff", "chart-curves", "compare")) {
        results.add(
            Result.atMost(
                BENCH,
                "step of the slider, p95, looking at " + part,
                step(context, part),
                "ms",
                100));
      }
      context.close();
      if (!quick) {
        Path huge = page(HUGE);
        BrowserContext large = open(browser, huge);
        results.add(
            Result.atMost(
                BENCH, "first paint of 100,000 trials", firstPaint(large) / 1000, "s", 5));
        results.add(
            Result.atMost(
                BENCH, "step of the slider, p95, 100,000 trials", step(large, "board"), "ms", 250));
        large.close();
        Files.delete(huge);
      }
    } finally {
      Files.delete(many);
    }
  }

  private static Path page(BoardScale.Shape shape) throws IOException {
    PageRequest request = new PageRequest("bench", List.of(), PageLinks.NONE);
    Path file = Files.createTempFile("pacebench-bench-", ".html");
    return Files.writeString(
        file, BoardPage.html(PageData.of(BoardScale.columns(shape), List.of(), request)));
  }

  private static BrowserContext open(Browser browser, Path file) {
    BrowserContext context = browser.newContext();
    Page page = context.newPage();
    page.navigate(file.toUri().toString());
    return context;
  }

  private static double firstPaint(BrowserContext context) {
    return ((Number) context.pages().get(0).evaluate(FIRST_PAINT)).doubleValue();
  }

  private static double step(BrowserContext context, String part) {
    return late((List<?>) context.pages().get(0).evaluate(STEPS, part));
  }

  /** The 95th percentile. */
  private static double late(List<?> times) {
    double[] sorted =
        times.stream().mapToDouble(it -> ((Number) it).doubleValue()).sorted().toArray();
    return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
