package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.leaderboard.page.trial.TrialPages;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.board.RunPages;
import dev.pacebench.runner.serve.TrialStories;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The page's data, and the pages of trials that lie in a folder beside it. */
final class BoardFiles {

  private static final String HTML = ".html";

  private final Cli cli;
  private final Path file;
  private final boolean trials;
  private final String folder;
  private final TrialPlaces places = new TrialPlaces();

  /**
   * Of a page that will be written.
   *
   * @param trials whether there will be pages of trials
   */
  BoardFiles(Cli cli, Path file, boolean trials) {
    this.cli = cli;
    this.file = file;
    this.trials = trials;
    String name = String.valueOf(file.getFileName());
    this.folder = (name.endsWith(HTML) ? name.substring(0, name.length() - 5) : name) + "-trials";
  }

  PageData data(RunStore store, List<RunRow> runs) {
    return RunPages.data(
        store,
        runs,
        Version.number(),
        places.links(BoardFiles::address),
        PageContenders.of(cli, runs),
        result -> {
          if (trials) {
            place(result).ifPresent(place -> places.note(result, place));
          }
        });
  }

  /** Evidence is {@code runs/RUN/trials/TRIAL/try-N}; anything else has no page. */
  private Optional<String> place(TrialRecord result) {
    String[] parts = result.evidence().split("/", -1);
    return parts.length == 5 && isName(parts[1]) && isName(parts[3])
        ? Optional.of(folder + "/" + parts[1] + "/" + parts[3] + HTML)
        : Optional.empty();
  }

  private static boolean isName(String part) {
    return !part.isEmpty() && !part.startsWith(".") && part.chars().noneMatch(c -> c < 0x20);
  }

  private static String address(String place) {
    try {
      // With a dot before it, a colon in a name is no scheme.
      return "." + new URI(null, null, "/" + place, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the pages of all finished trials; how many there are. */
  int writeTrials(RunStore store, List<RunRow> runs) {
    if (!trials) {
      return 0;
    }
    Path whole = file.toAbsolutePath().normalize();
    int[] written = {0};
    for (RunRow run : runs) {
      store.each(
          run.runId(),
          trial ->
              trial
                  .result()
                  .ifPresent(
                      result ->
                          place(result)
                              .ifPresent(
                                  place -> {
                                    write(whole.resolveSibling(place), result);
                                    written[0]++;
                                  })));
    }
    return written[0];
  }

  private void write(Path page, TrialRecord result) {
    Path run = page.resolveSibling("");
    try {
      Files.createDirectories(run);
    } catch (IOException e) {
      throw new UserError(
          "--trials " + Cli.safe(run.toString(), 200),
          "cannot be made: " + e.getClass().getSimpleName(),
          "name a file with -o in a folder that you may write to");
    }
    String up = address("../../" + file.getFileName());
    ResultFile.write(
        "--trials",
        page,
        TrialPages.html(
            TrialStories.of(cli.home(), result)
                .with(Version.number(), List.of(new Link("board", up)))));
  }
}
