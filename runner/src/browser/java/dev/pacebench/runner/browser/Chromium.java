package dev.pacebench.runner.browser;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One browser for all tests of a JVM, handed to their constructors. Without a browser on the
 * machine the tests are skipped, but in continuous integration they fail.
 */
public final class Chromium implements BeforeAllCallback, ParameterResolver {

  private static final List<String> NAMES =
      List.of("chromium", "google-chrome", "google-chrome-stable", "chromium-browser");

  /** Closed by JUnit after the last test. */
  private record Started(Playwright driver, Browser browser) implements AutoCloseable {
    @Override
    public void close() {
      browser.close();
      driver.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (program().isEmpty() && System.getenv("CI") != null) {
      fail("no browser on the PATH: " + NAMES);
    }
    assumeTrue(program().isPresent(), "no browser on the PATH: " + NAMES);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Chromium.class))
        .getOrComputeIfAbsent(Started.class, key -> start(), Started.class)
        .browser();
  }

  private static Started start() {
    Playwright driver = driver();
    return new Started(driver, launch(driver));
  }

  /** The program that talks to browsers; it brings none of its own. */
  public static Playwright driver() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  /** Starts a browser without windows. */
  public static Browser launch(Playwright driver) {
    // Its own sandbox needs a user that is not root, and pages of tests are ours.
    return driver
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(program().orElseThrow())
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
  }

  private static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(
            name ->
                Arrays.stream(path.split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
