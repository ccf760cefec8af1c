package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.table.Budgets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes pages of made-up trials, with few resamples. */
final class Pages {

  static final JsonMapper JSON = new JsonMapper();
  private static final BoardOptions FEW = new BoardOptions(Grouping.NONE, 100, Budgets.round());

  private Pages() {}

  /** Trials of some contenders, the later named the slower and the more accurate. */
  static List<TrialRecord> trials(String run, int tasks, int attempts, String... contenders) {
    List<TrialRecord> trials = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(run.hashCode() + tasks);
    for (int task = 0; task < tasks; task++) {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        for (int c = 0; c < contenders.length; c++) {
          double seconds = 4 * Math.pow(3, c) * Math.exp(random.nextDouble());
          boolean solved = random.nextDouble() < 0.3 + 0.5 * c / contenders.length;
          Outcome outcome =
              seconds > 600 ? Outcome.TIMED_OUT : solved ? Outcome.SOLVED : Outcome.FAILED;
          trials.add(
              trial(run, "task-%03d".formatted(task), contenders[c], attempt, outcome, seconds));
        }
      }
    }
    return trials;
  }

  static TrialRecord trial(
      String run, String task, String contender, int attempt, Outcome outcome, double seconds) {
    boolean lost = outcome == Outcome.LOST;
    double time = Math.min(600, seconds);
    return new TrialRecord(
        run,
        "set",
        task,
        "digest of " + task,
        contender,
        "digest of " + contender,
        "conditions",
        attempt,
        outcome,
        lost ? null : "finished",
        outcome == Outcome.SOLVED,
        lost ? null : time,
        seconds + 1,
        1,
        false,
        600,
        lost ? null : "separate",
        Map.of(),
        List.of(),
        Map.of("agent_start", 0.01, "wait_first", time / 2, "tool_exec", time / 4),
        Map.of("difficulty", "easy"),
        Map.of("image", "i"),
        Map.of(),
        "as the test wants it",
        Instant.parse("2026-01-02T03:04:05Z").plusSeconds(attempt),
        "runs/" + run);
  }

  static PageRun run(String id) {
    return new PageRun(
        id,
        "2026-01-02T03:04:05Z",
        Optional.empty(),
        "pacebench run -t set -l lineup",
        List.of(),
        "machine",
        2,
        "1",
        "lineup",
        new TreeMap<>());
  }

  static PageData of(Collection<TrialRecord> trials) {
    return of(trials, List.of());
  }

  static PageData of(Collection<TrialRecord> trials, Collection<PlannedCell> planned) {
    return of(trials, planned, Map.of());
  }

  static PageData of(
      Collection<TrialRecord> trials,
      Collection<PlannedCell> planned,
      Map<String, PageContender> known) {
    TrialColumns columns = new TrialColumns();
    trials.forEach(columns::add);
    planned.forEach(columns::plan);
    List<String> ids = trials.stream().map(TrialRecord::run).distinct().sorted().toList();
    return PageData.of(
        columns,
        ids.stream().map(id -> new RunFacts(id, "local", 2)).toList(),
        new PageRequest("1.2.3", ids.stream().map(Pages::run).toList(), PageLinks.NONE, known),
        FEW);
  }

  static JsonNode json(PageData data) {
    return JSON.readTree(data.json());
  }
}
