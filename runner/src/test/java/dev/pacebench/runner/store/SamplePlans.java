package dev.pacebench.runner.store;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.tasks.AgentPhase;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Plans and records of tasks that nobody runs. */
public final class SamplePlans {

  private SamplePlans() {}

  /** By attempt, then task, then contender. */
  public static Plan plan(
      String runId, int tasks, List<String> contenders, int attempts, int slots, int maxTries) {
    List<Task> all = IntStream.range(0, tasks).mapToObj(i -> task("t" + i)).toList();
    List<Contender> rows = contenders.stream().map(SamplePlans::contender).toList();
    List<PlannedTrial> trials = new ArrayList<>();
    for (int attempt = 1; attempt <= attempts; attempt++) {
      for (Task task : all) {
        for (Contender contender : rows) {
          String id = task.name() + "." + contender.name() + "." + attempt;
          trials.add(new PlannedTrial(runId, id, trials.size(), task, contender, attempt));
        }
      }
    }
    RunSettings settings =
        new RunSettings(
            runId,
            "2026-01-01T00:00:00Z",
            List.of("sample"),
            "/home/somebody/lineups/sample.yaml",
            attempts,
            slots,
            7,
            RunSettings.Order.BY_ATTEMPT,
            "local",
            1.0,
            Duration.ofSeconds(90),
            Optional.of("t*"),
            contenders,
            maxTries);
    Lineup lineup =
        new Lineup("sample", "sample.yaml", rows, Map.of(), false, false, Optional.empty());
    TaskSet set =
        new TaskSet("sample", Path.of("sample"), "harbor", "5e7".repeat(10), all, List.of());
    return new Plan(settings, lineup, List.of(set), trials, List.of());
  }

  public static Task task(String name) {
    Environment environment =
        new Environment(
            Path.of("sample", name, "environment"),
            Optional.empty(),
            Optional.of("none"),
            Duration.ofMinutes(1),
            new Resources(
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty()),
            Network.NONE,
            true,
            List.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new Task(
        "sample",
        name,
        Path.of("sample", name),
        "1.0",
        "Do nothing.",
        environment,
        new AgentPhase(Optional.empty(), Optional.empty(), Network.NONE, List.of()),
        new Verifier(
            Path.of("sample", name, "tests"),
            Duration.ofMinutes(1),
            Map.of(),
            Optional.empty(),
            Verifier.Mode.SHARED,
            Optional.empty(),
            Network.NONE,
            List.of(),
            List.of()),
        Optional.empty(),
        List.of(),
        new Metadata(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        new TaskDigests("digest-" + name, Optional.empty(), Optional.empty(), "harbor-" + name),
        List.of(),
        Steering.NONE);
  }

  public static Contender contender(String name) {
    return new Contender(
        name,
        "nop",
        "1",
        Optional.empty(),
        Map.of(),
        Map.of(),
        ContenderLimits.none(),
        false,
        "digest-" + name);
  }

  public static TrialRecord record(PlannedTrial trial, int tries, Outcome outcome) {
    boolean lost = outcome == Outcome.LOST;
    return new TrialRecord(
        trial.runId(),
        trial.task().set(),
        trial.task().name(),
        trial.task().digest(),
        trial.contender().name(),
        trial.contender().digest(),
        "conditions",
        trial.attempt(),
        outcome,
        lost ? null : "finished",
        outcome == Outcome.SOLVED,
        lost ? null : 2.5,
        4.25,
        tries,
        false,
        90,
        lost ? null : "shared",
        lost ? Map.of() : Map.of("reward", outcome == Outcome.SOLVED ? 1.0 : 0.0),
        List.of(),
        Map.of("sandbox_start", 1.0, "tool_exec", 2.5, "verify", 0.75),
        Map.of(),
        Map.of(),
        Map.of(),
        "a sample",
        Instant.parse("2026-01-01T00:00:00Z"),
        "runs/" + trial.runId() + "/trials/" + trial.id() + "/try-" + tries);
  }
}
