package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.runner.serve.Figures;
import dev.pacebench.runner.serve.PageAddresses;
import dev.pacebench.runner.serve.RunPages;
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
        Map.of(),
        result -> {
          if (links.size() < MOST_LINKS) {
            links.put(trial(result), result.evidence());
          }
        });
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
