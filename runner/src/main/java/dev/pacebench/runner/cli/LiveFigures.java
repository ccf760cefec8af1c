package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.page.PageContender;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.runner.board.RunPages;
import dev.pacebench.runner.serve.Figures;
import dev.pacebench.runner.serve.PageAddresses;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures of runs with links to the pages that a server has of their trials. */
final class LiveFigures implements Figures {

  /** A page of more trials has no trials, so that nothing is linked. */
  private static final int MOST_LINKS = 50_000;

  private final Cli cli;
  private final Map<String, Map<String, PageContender>> known = new HashMap<>();

  LiveFigures(Cli cli) {
    this.cli = cli;
  }

  @Override
  public PageData of(RunStore store, List<RunRow> runs) {
    TrialPlaces places = new TrialPlaces();
    return RunPages.data(
        store,
        runs,
        Version.number(),
        places.links(LiveFigures::address),
        contenders(runs),
        result -> {
          if (places.size() < MOST_LINKS) {
            places.note(result, result.evidence());
          }
        });
  }

  /** Lineups are read once: figures are computed again and again. */
  private Map<String, PageContender> contenders(List<RunRow> runs) {
    Map<String, PageContender> all = new HashMap<>();
    for (RunRow run : runs) {
      all.putAll(
          known.computeIfAbsent(
              run.settings().lineup(), lineup -> PageContenders.of(cli, List.of(run))));
    }
    return all;
  }

  /** Evidence is {@code runs/RUN/trials/TRIAL/try-N}. */
  private static String address(String evidence) {
    String[] parts = evidence.split("/", -1);
    return parts.length == 5 ? PageAddresses.trial(parts[1], parts[3]) : "runs";
  }
}
