package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.page.trial.RunLists;
import dev.pacebench.leaderboard.page.trial.TrialPages;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown at which address, but for boards and streams.
 *
 * <p>Names of runs and trials are looked up in the database; none of them ever becomes a path
 * unless the database has it.
 */
final class Routes {

  private static final int TRIALS_A_PAGE = 500;
  private static final String POLICY = PagePolicy.withHeader(TrialPages.policy());
  private static final Link BOARD = new Link("Board", "/");
  private static final Link RUNS = new Link("Runs", "/runs");

  private final Home home;
  private final LiveStore store;
  private final String version;

  Routes(Home home, LiveStore store, String version) {
    this.home = home;
    this.store = store;
    this.version = version;
  }

  /** Reads and makes what is at an address; empty when nothing is. Takes its time. */
  Optional<Content> at(List<String> path, Map<String, String> query) {
    if (path.isEmpty() || !path.get(0).equals("runs")) {
      return Optional.empty();
    }
    if (path.size() == 1) {
      return Optional.of(runs());
    }
    if (path.size() == 2) {
      return run(path.get(1), query.getOrDefault("from", "0"));
    }
    if (path.size() >= 4 && path.get(2).equals("trials")) {
      Optional<TrialRow> trial =
          store.read(here -> here.trial(path.get(1), path.get(3))).flatMap(found -> found);
      String wanted = query.getOrDefault("try", "");
      if (path.size() == 4) {
        return trial.flatMap(row -> trial(row, wanted));
      }
      if (path.size() >= 6 && path.get(4).equals("files")) {
        String file = String.join("/", path.subList(5, path.size()));
        return trial.flatMap(row -> file(row, wanted, file));
      }
    }
    return Optional.empty();
  }

  private Content runs() {
    return page(
        RunLists.list(
            version,
            store.read(RunStore::runs).orElse(List.of()).stream().map(RunStories::of).toList(),
            List.of(BOARD, new Link("Runs", null))));
  }

  private Optional<Content> run(String id, String first) {
    if (!first.matches("[0-9]{1,8}")) {
      return Optional.empty();
    }
    int from = Integer.parseInt(first) / TRIALS_A_PAGE * TRIALS_A_PAGE;
    return store
        .read(here -> here.run(id))
        .flatMap(found -> found)
        .map(
            run ->
                page(
                    RunLists.run(
                        version,
                        RunStories.of(run),
                        store
                            .read(here -> here.trials(id, from, from + TRIALS_A_PAGE))
                            .orElse(List.of())
                            .stream()
                            .map(RunStories::line)
                            .toList(),
                        RunStories.pages(run, from, TRIALS_A_PAGE),
                        List.of(BOARD, RUNS, new Link(id, null)))));
  }

  private Optional<Content> trial(TrialRow row, String wanted) {
    String self = "/" + PageAddresses.trial(row.runId(), row.trialId());
    String query = wanted.isEmpty() ? "" : "?try=" + PageAddresses.segment(wanted);
    return TrialStories.of(
            home, row, wanted, file -> self + "/files/" + PageAddresses.path(file) + query)
        .map(
            story ->
                page(
                    TrialPages.html(
                        story.with(
                            version,
                            List.of(
                                BOARD,
                                RUNS,
                                new Link(row.runId(), PageAddresses.run(row.runId())),
                                new Link(row.trialId(), null))))));
  }

  private Optional<Content> file(TrialRow row, String wanted, String path) {
    Optional<TryFolder> folder =
        wanted.isEmpty()
            ? row.result().flatMap(result -> TryFolder.of(home, result.evidence()))
            : TryFolder.of(home, row.runId(), row.trialId(), wanted);
    return folder
        .flatMap(it -> it.read(path, TryFolder.MOST_BYTES))
        .map(
            part ->
                part.isText()
                    ? Content.of(Content.TEXT, text(part), Content.NOTHING)
                    : Content.of(Content.BINARY, part.bytes(), Content.NOTHING));
  }

  private static byte[] text(TryFolder.Part part) {
    long more = part.length() - part.bytes().length;
    if (more <= 0) {
      return part.bytes();
    }
    byte[] note =
        ("\n… " + more + " more bytes are in the evidence\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(part.bytes(), part.bytes().length + note.length);
    System.arraycopy(note, 0, all, part.bytes().length, note.length);
    return all;
  }

  private static Content page(String html) {
    return Content.html(html, POLICY);
  }

  /** Words instead of what was asked for. */
  Content message(String heading, String text, boolean again) {
    return page(RunLists.message(version, heading, text, again));
  }
}
