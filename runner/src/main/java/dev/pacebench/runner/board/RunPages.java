package dev.pacebench.runner.board;

import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.PageContender;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.leaderboard.page.PageLinks;
import dev.pacebench.leaderboard.page.PageRequest;
import dev.pacebench.leaderboard.page.PageRun;
import dev.pacebench.leaderboard.page.ShellWord;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the data of a page of what the store holds. */
public final class RunPages {

  private RunPages() {}

  /**
   * All figures of some runs.
   *
   * @param version of Pacebench
   * @param links to the pages of trials
   * @param contenders what is known of them, by digest
   */
  public static PageData data(
      RunStore store,
      List<RunRow> runs,
      String version,
      PageLinks links,
      Map<String, PageContender> contenders) {
    return data(store, runs, version, links, contenders, result -> {});
  }

  /**
   * The same.
   *
   * @param watcher sees every result as it goes by, before any link is asked for
   */
  public static PageData data(
      RunStore store,
      List<RunRow> runs,
      String version,
      PageLinks links,
      Map<String, PageContender> contenders,
      Consumer<TrialRecord> watcher) {
    List<RunRow> oldestFirst =
        runs.stream()
            .distinct()
            .sorted(Comparator.comparing(RunRow::createdAt).thenComparing(RunRow::runId))
            .toList();
    Map<String, Surroundings> seen = new HashMap<>();
    TrialColumns trials =
        StoredTrials.columns(
            store,
            oldestFirst,
            result -> {
              seen.computeIfAbsent(result.run(), run -> new Surroundings()).see(result);
              watcher.accept(result);
            });
    List<RunFacts> facts = new ArrayList<>();
    List<PageRun> pages = new ArrayList<>();
    for (RunRow run : oldestFirst) {
      Surroundings around = seen.getOrDefault(run.runId(), new Surroundings());
      facts.add(facts(run, around));
      pages.add(page(run, around));
    }
    return PageData.of(trials, facts, new PageRequest(version, pages, links, contenders));
  }

  private static RunFacts facts(RunRow run, Surroundings around) {
    return new RunFacts(
        run.runId(),
        run.settings().sandbox(),
        run.settings().slots(),
        run.settings().attempts(),
        around.fact("engine"));
  }

  private static PageRun page(RunRow run, Surroundings around) {
    RunSettings settings = run.settings();
    Optional<String> finished =
        run.done() < run.planned() ? Optional.empty() : around.newest().map(Object::toString);
    Map<String, String> facts = around.facts();
    facts.put("sandbox", settings.sandbox());
    facts.put("attempts", Integer.toString(settings.attempts()));
    facts.put("order", settings.order() == RunSettings.Order.BY_TASK ? "by task" : "by attempt");
    facts.put("task sets", settings.shownTaskSets());
    if (!run.failure().isEmpty()) {
      facts.put("failed", run.failure());
    }
    return new PageRun(
        run.runId(),
        run.createdAt(),
        finished,
        command(settings),
        settings.contenders(),
        around.fact("machine"),
        settings.slots(),
        Long.toString(settings.seed()),
        settings.shownLineup(),
        new java.util.TreeMap<>(facts));
  }

  private static String command(RunSettings settings) {
    StringBuilder command = new StringBuilder("pacebench run -t");
    for (String set : settings.taskSets()) {
      command.append(' ').append(ShellWord.of(RunSettings.shown(set)));
    }
    command.append(" -l ").append(ShellWord.of(settings.shownLineup()));
    command.append(" -k ").append(settings.attempts()).append(" -j ").append(settings.slots());
    command.append(" --sandbox ").append(ShellWord.of(settings.sandbox()));
    command.append(" --seed ").append(settings.seed());
    settings.only().ifPresent(glob -> command.append(" --only ").append(ShellWord.of(glob)));
    if (settings.timeoutFactor() != 1) {
      command.append(" --timeout-factor ").append(settings.timeoutFactor());
    }
    if (settings.order() == RunSettings.Order.BY_TASK) {
      command.append(" --order by-task");
    }
    return command.toString();
  }
}
