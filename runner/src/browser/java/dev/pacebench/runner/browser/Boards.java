package dev.pacebench.runner.browser;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.leaderboard.page.PageLinks;
import dev.pacebench.leaderboard.page.PageRequest;
import dev.pacebench.leaderboard.page.PageRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Trials that nobody measured, and pages of them; the same every time. */
final class Boards {

  static final double LIMIT = 600;

  /** One contender: who, how likely a task is solved, how quickly. */
  record Who(String name, double chance, double pace, boolean simulated) {}

  private static final List<Who> USUAL =
      List.of(
          new Who("flagship-sse", 0.85, 90, true),
          new Who("spark-websocket", 0.6, 14, true),
          new Who("small-sse", 0.4, 40, true),
          new Who("slow-and-weak", 0.3, 200, false));

  private Boards() {}

  /** Four contenders, two of which nobody beats in both. */
  static List<TrialRecord> usual() {
    return trials("run-1", "made-up", 14, 3, USUAL);
  }

  /** Names that would run, turn, hide or overflow. */
  static List<TrialRecord> hostile() {
    return trials(
        "run-1",
        "set </script><script>window.bad=1</script>",
        12,
        2,
        List.of(
            new Who("</script><img src=x onerror=\"window.bad=1\">", 0.8, 30, false),
            new Who("\u202Egnp.exe\u0000\u001b[31mred\u001b[0m", 0.5, 60, true),
            new Who(
                "<!--<script>" + "long ".repeat(60) + "&amp;'\"`${window.bad=1}", 0.4, 20, false),
            new Who("\uD83D\uDE80 שלום مرحبا 測試", 0.3, 10, false)));
  }

  static List<TrialRecord> large(int tasks, int attempts) {
    return trials(
        "run-1",
        "large",
        tasks,
        attempts,
        List.of(
            new Who("contender-a", 0.8, 120, false),
            new Who("contender-b", 0.7, 60, false),
            new Who("contender-c", 0.6, 30, false),
            new Who("contender-d", 0.5, 15, false),
            new Who("contender-e", 0.4, 90, false)));
  }

  static List<TrialRecord> trials(
      String run, String set, int tasks, int attempts, List<Who> contenders) {
    List<TrialRecord> trials = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(tasks * 31L + attempts);
    for (int task = 0; task < tasks; task++) {
      double ease = (task + 0.5) / tasks - 0.5;
      for (Who who : contenders) {
        for (int attempt = 1; attempt <= attempts; attempt++) {
          boolean solved = random.nextDouble() < who.chance() + ease;
          double seconds =
              Math.min(LIMIT, who.pace() * Math.exp(1.2 * (random.nextDouble() - 0.5) - ease));
          Outcome outcome =
              solved ? Outcome.SOLVED : random.nextInt(4) == 0 ? Outcome.TIMED_OUT : Outcome.FAILED;
          double time = outcome == Outcome.TIMED_OUT ? LIMIT : seconds;
          trials.add(trial(run, set, "task-%03d".formatted(task), who, attempt, outcome, time));
        }
      }
    }
    return trials;
  }

  private static TrialRecord trial(
      String run, String set, String task, Who who, int attempt, Outcome outcome, double seconds) {
    Map<String, Double> timeline = new TreeMap<>();
    timeline.put("agent_start", 0.02 * seconds);
    timeline.put("wait_first", 0.2 * seconds);
    timeline.put("answer_stream", 0.5 * seconds);
    timeline.put("tool_exec", 0.2 * seconds);
    timeline.put("client_overhead", 0.03 * seconds);
    timeline.put("agent_other", 0.05 * seconds);
    return new TrialRecord(
        run,
        set,
        task,
        "digest-" + task,
        who.name(),
        "digest-" + who.name().hashCode(),
        "conditions",
        attempt,
        outcome,
        outcome == Outcome.TIMED_OUT ? "deadline" : "finished",
        outcome == Outcome.SOLVED,
        seconds,
        seconds,
        1,
        who.simulated(),
        LIMIT,
        "separate",
        Map.of(),
        List.of(),
        timeline,
        Map.of("difficulty", task.endsWith("1") ? "hard" : "easy", "category", "made-up"),
        Map.of("image", "none"),
        Map.of("calls", 3.0, "instrument_error_ms", 0.4),
        "as the test wants it",
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * attempt),
        "evidence");
  }

  static PageData data(List<TrialRecord> trials) {
    TrialColumns columns = new TrialColumns();
    trials.forEach(columns::add);
    List<String> ids = trials.stream().map(TrialRecord::run).distinct().toList();
    List<PageRun> runs =
        ids.stream()
            .map(
                id ->
                    new PageRun(
                        id,
                        "2026-01-01T00:00:00Z",
                        Optional.of("2026-01-01T01:00:00Z"),
                        "pacebench run -t made-up -l made-up",
                        List.of(),
                        "two processors",
                        1,
                        "1",
                        "made-up",
                        new TreeMap<>()))
            .toList();
    return PageData.of(
        columns,
        ids.stream().map(id -> new RunFacts(id, "docker", 1, 3, "Docker 1")).toList(),
        new PageRequest("0.1.0", runs, PageLinks.NONE));
  }
}
