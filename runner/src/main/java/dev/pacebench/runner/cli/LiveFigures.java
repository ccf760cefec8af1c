package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
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
import java.util.Optional;

/** The figures of runs with links to the pages that a server has of their trials. */
final class LiveFigures implements Figures {

  /** A page of more trials has no trials, so that nothing is linked. */
  private static final int MOST_LINKS = 50_000;

  private final Cli cli;
  private final Map<String, Map<String, PageContender>> known = new HashMap<>();

  LiveFigures(Cli cli) {
    this.cli = cli;
  }

  private record Trial(String run, String set, String task, String contender, int attempt) {}

  @Override
  public PageData of(RunStore store, List<RunRow> runs) {
    Map<Trial, String> links = new HashMap<>();
    return RunPages.data(
        store,
        runs,
        Version.number(),
        (run, set, task, contender, attempt) ->
            Optional.ofNullable(links.get(new Trial(run, set, task, contender, attempt)))
                .map(LiveFigures::address),
        contenders(runs),
        result -> {
          if (links.size() < MOST_LINKS) {
            links.put(trial(result), result.evidence());
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

  private static Trial trial(TrialRecord result) {
    return new Trial(
        result.run(), result.taskSet(), result.task(), result.contender(), result.attempt());
  }

  /** Evidence is {@code runs/RUN/trials/TRIAL/try-N}. */
  private static String address(String evidence) {
    String[] parts = evidence.split("/", -1);
    return parts.length == 5 ? PageAddresses.trial(parts[1], parts[3]) : "runs";
  }
}
