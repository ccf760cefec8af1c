package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one task: what it asks, needs and is judged by. */
@Command(name = "show", description = "Show one task: its instruction, limits and needs.")
final class TasksShowCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(index = "0", paramLabel = "SET", description = "A task set: name, folder or archive.")
  private String set = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "The task's name.")
  private String name = "";

  TasksShowCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    TaskSet found = Installation.locate().taskSets(cli.home()).resolve(set);
    Task task =
        found.tasks().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        Cli.safe(name, 80),
                        "task set " + found.name() + " has no such task",
                        Nearest.hint(name, found.tasks().stream().map(Task::name).toList())));
    if (cli.isJson()) {
      Map<String, Object> object = document(task);
      object.put("instruction", task.instruction());
      cli.json(object);
    } else {
      print(task);
    }
    return 0;
  }

  private void print(Task task) {
    cli.line("task " + Cli.safe(task.name(), 80) + " of " + Cli.safe(task.set(), 80));
    document(task)
        .forEach(
            (key, value) -> {
              boolean told = value != null && !(value instanceof List<?> list && list.isEmpty());
              if (told && !key.equals("task") && !key.equals("task_set")) {
                cli.line(
                    String.format(
                        Locale.ROOT, "  %-18s %s", key, Cli.safe(String.valueOf(value), 200)));
              }
            });
    cli.line("");
    task.instruction().lines().forEach(line -> cli.line("  " + Cli.safe(line, 400)));
  }

  static Map<String, Object> document(Task task) {
    Resources resources = task.environment().resources();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", task.name());
    object.put("task_set", task.set());
    object.put("difficulty", task.metadata().difficulty().orElse(null));
    object.put("category", task.metadata().category().orElse(null));
    object.put("created", task.metadata().created().orElse(null));
    object.put("tags", task.metadata().tags());
    object.put("tools", task.metadata().tools());
    object.put("limit_seconds", task.agent().timeout().map(TasksShowCommand::seconds).orElse(null));
    object.put("verifier_seconds", seconds(task.verifier().timeout()));
    object.put("verification", task.verifier().mode().name().toLowerCase(Locale.ROOT));
    object.put("agent_network", task.agent().network().name().toLowerCase(Locale.ROOT));
    object.put("verifier_network", task.verifier().network().name().toLowerCase(Locale.ROOT));
    object.put("image", task.environment().image().orElse(null));
    object.put("cpus", resources.cpus().isPresent() ? resources.cpus().getAsDouble() : null);
    object.put(
        "memory_bytes",
        resources.memoryBytes().isPresent() ? resources.memoryBytes().getAsLong() : null);
    object.put("lineup_must_allow", allowances(task));
    object.put("steps", task.steps().stream().map(Step::name).toList());
    object.put("interruptions", task.interruptions().size());
    task.change().ifPresent(change -> describe(change, object));
    object.put("has_solution", task.solvable());
    object.put("schema_version", task.schemaVersion());
    object.put("digest", task.digest());
    object.put("solution_digest", task.digests().solution().orElse(null));
    object.put("scripts_digest", task.digests().simulated().orElse(null));
    object.put("directory", task.directory().toString());
    return object;
  }

  /** What a run of the task needs a lineup to say. */
  private static List<String> allowances(Task task) {
    List<String> allowances = new ArrayList<>();
    if (task.agent().network() != Network.NONE) {
      allowances.add("task_network: true");
    }
    if (task.verifier().network() != Network.NONE) {
      allowances.add("verify_network: true");
    }
    return allowances;
  }

  private static void describe(CodeChange change, Map<String, Object> object) {
    object.put("repository_at", change.workdir());
    object.put("tests_read_by", change.judge().parser());
    object.put("fail_to_pass", change.tests().map(tests -> tests.failToPass().size()).orElse(null));
    object.put("pass_to_pass", change.tests().map(tests -> tests.passToPass().size()).orElse(null));
  }

  private static double seconds(Duration span) {
    return span.toMillis() / 1000.0;
  }
}
