package dev.pacebench.runner.browser;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.BoardPage;
import dev.pacebench.leaderboard.page.PageData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Pages as files, each computed and written once for all tests; deleted when the JVM ends. */
final class Pages {

  /**
   * A page and what it was made from.
   *
   * @param file the page
   * @param trials what it shows
   * @param data its figures
   */
  record Made(Path file, List<TrialRecord> trials, PageData data) {}

  private static final ConcurrentHashMap<String, Made> MADE = new ConcurrentHashMap<>();

  private Pages() {}

  /** Four contenders on one task set. */
  static Made usual() {
    return of("usual", Boards::usual);
  }

  static Made hostile() {
    return of("hostile", Boards::hostile);
  }

  /** A page under a name. */
  static Made of(String name, Supplier<List<TrialRecord>> trials) {
    return MADE.computeIfAbsent(name, key -> make(name, trials.get()));
  }

  private static Made make(String name, List<TrialRecord> trials) {
    PageData data = Boards.data(trials);
    try {
      Path file = Files.createTempFile("pacebench-" + name + "-", ".html");
      file.toFile().deleteOnExit();
      Files.writeString(file, BoardPage.html(data));
      return new Made(file, trials, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
