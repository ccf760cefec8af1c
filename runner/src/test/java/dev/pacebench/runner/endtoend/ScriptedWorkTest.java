package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.runner.gateway.simulated.Scripts;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.trial.DefaultTrialRunner;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.sets.TaskSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bundled task carries work that solves it, and work that only seems to. */
class ScriptedWorkTest {

  private static final Path ROOT =
      Path.of(System.getProperty("pacebench.root", "..")).toAbsolutePath().normalize();

  /** Trials wait for each other's containers more than for a core. */
  private static final int AT_ONCE = 4;

  @TempDir Path folder;

  /** A script of a task. */
  private record Work(Task task, Script script) {
    @Override
    public String toString() {
      return task.name() + "/" + script.name();
    }
  }

  @Test
  void theScriptsOfATaskDifferInLength() throws Exception {
    for (Task task : tasks("starter-terminal", "starter-swe")) {
      Scripts scripts = Scripts.read(task);

      assertThat(all(scripts).map(ScriptedWorkTest::tokens))
          .as(task.name())
          .hasSizeGreaterThanOrEqualTo(2)
          .doesNotHaveDuplicates()
          .allMatch(tokens -> tokens <= 1_000);
      assertThat(scripts.good()).allMatch(script -> script.turns().size() <= 5);
    }
  }

  @Test
  @Tag("docker")
  void goodPathsSolveTheirTasksInDocker() throws Exception {
    // What a mistake does to a task, its verifier tells in the same way everywhere. How
    // repositories are handed over in Docker is tried with their references elsewhere.
    try (SandboxProvider provider = new DockerSandboxProvider(settings());
        SandboxProvider local = new LocalSandboxProvider(settings())) {
      assertThat(
              solvedAsMeant(
                  provider,
                  tasks("starter-terminal"),
                  (task, script) -> script.good() || !hosts(local, task)))
          .isEqualTo(19);
    }
  }

  @Test
  @Tag("local")
  void goodPathsSolveTheirTasksAndWrongOnesDoNotInLocalSandboxes() throws Exception {
    try (SandboxProvider provider = new LocalSandboxProvider(settings())) {
      assertThat(
              solvedAsMeant(
                  provider, tasks("starter-terminal", "starter-swe"), (task, script) -> true))
          .isEqualTo(18 + 13);
    }
  }

  /** Runs all that the provider can host, and says how many tasks that were. */
  private int solvedAsMeant(
      SandboxProvider provider, List<Task> tasks, BiPredicate<Task, Script> chosen)
      throws Exception {
    List<Task> hosted = tasks.stream().filter(task -> hosts(provider, task)).toList();
    List<String> surprises = new ArrayList<>();
    ExecutorService slots = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Optional<String>>> ends = new ArrayList<>();
      for (Task task : hosted) {
        all(Scripts.read(task))
            .filter(script -> chosen.test(task, script))
            .map(script -> new Work(task, script))
            .forEach(work -> ends.add(slots.submit(() -> surprise(provider, work))));
      }
      for (Future<Optional<String>> end : ends) {
        end.get().ifPresent(surprises::add);
      }
    } finally {
      slots.shutdownNow();
    }
    assertThat(surprises).isEmpty();
    return hosted.size();
  }

  private static boolean hosts(SandboxProvider provider, Task task) {
    return provider.check(TaskImages.agent(task)).isEmpty();
  }

  /** What was not as it should be. */
  private Optional<String> surprise(SandboxProvider provider, Work work) throws Exception {
    ScriptedWorkAgent agent = new ScriptedWorkAgent(work.script());
    TrialRecord record = run(provider, work, agent);
    boolean once = Double.valueOf(1).equals(record.figures().get("verifier_rounds"));
    boolean odd = record.flags().stream().anyMatch(f -> f.matches(".*(tampered|silent).*"));
    if (record.solved() == work.script().good() && once && !odd && agent.troubles().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        work + ": " + record.outcome() + " " + record.flags() + " " + agent.troubles());
  }

  private TrialRecord run(SandboxProvider provider, Work work, ScriptedWorkAgent agent)
      throws Exception {
    Home home = new Home(folder.resolve("home"));
    Contender contender =
        new Contender(
            agent.name(),
            agent.name(),
            agent.version(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            ContenderLimits.none(),
            false,
            "digest");
    Lineup lineup =
        new Lineup(
            "test", "test.yaml", List.of(contender), Map.of(), false, false, Optional.empty());
    DefaultTrialRunner runner =
        new DefaultTrialRunner(
            home,
            new RunSettings(
                "run-scripts",
                "2026-11-21T00:00:00Z",
                List.of(),
                "",
                1,
                AT_ONCE,
                1,
                RunSettings.Order.BY_ATTEMPT,
                provider.name(),
                1,
                Duration.ofSeconds(3600),
                Optional.empty(),
                List.of(),
                1),
            lineup,
            provider,
            new FolderEvidence(),
            new Agents(agent),
            Optional.empty(),
            Ticker.SYSTEM,
            Map.of());
    String id = work.task().name() + "." + work.script().name();
    return runner.run(
        new PlannedTrial("run-scripts", id, 0, work.task(), contender, 1), 1, TrialWatcher.NONE);
  }

  private ProviderSettings settings() throws Exception {
    Home home = new Home(folder.resolve("home"));
    return new ProviderSettings(
        Owner.self(),
        Files.createDirectories(home.scratch().resolve("sandboxes")),
        ROOT.resolve("sandboxes/images"),
        ProviderSettings.DEFAULT_DROPPED);
  }

  private static List<Task> tasks(String... sets) {
    TaskSets bundled =
        new TaskSets(ROOT.resolve("task-sets/sets"), Path.of("absent"), Path.of("absent"));
    List<Task> tasks = new ArrayList<>();
    for (String set : sets) {
      tasks.addAll(bundled.resolve(set).tasks());
    }
    return tasks;
  }

  private static Stream<Script> all(Scripts scripts) {
    return Stream.concat(scripts.good().stream(), scripts.wrong().stream());
  }

  private static int tokens(Script script) {
    return script.turns().stream().mapToInt(ScriptedWorkTest::tokens).sum();
  }

  private static int tokens(Turn turn) {
    return turn.reasoningTokens() + turn.outputTokens();
  }
}
