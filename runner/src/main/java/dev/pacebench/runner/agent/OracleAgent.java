package dev.pacebench.runner.agent;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.Solution;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs a task's reference solution; it should solve everything. */
public final class OracleAgent implements Agent {

  private static final String SOLUTION = "/solution";
  private static final String PATCH = SOLUTION + "/solution.patch";

  /** The deadline ends the phase; the command's own timeout must never come first. */
  private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(60);

  private final Map<String, String> hostEnv;

  public OracleAgent(Map<String, String> hostEnv) {
    this.hostEnv = Map.copyOf(hostEnv);
  }

  @Override
  public String name() {
    return "oracle";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public boolean takesInterruptions() {
    return true;
  }

  @Override
  public boolean needsModel() {
    return false;
  }

  @Override
  public Optional<String> refuse(Task task) {
    Optional<Step> unsolved =
        task.steps().stream().filter(step -> step.solution().isEmpty()).findFirst();
    if (unsolved.isPresent()) {
      return Optional.of(
          "its step "
              + unsolved.get().name()
              + " has no reference solution (steps/"
              + unsolved.get().name()
              + "/solution/solve.sh)");
    }
    if (task.change().isPresent()) {
      return task.solvable()
          ? Optional.empty()
          : Optional.of("the task has no reference solution (solution/solution.patch)");
    }
    return task.solution().isPresent() || !task.steps().isEmpty()
        ? Optional.empty()
        : Optional.of("the task has no reference solution (solution/solve.sh)");
  }

  @Override
  public void setUp(AgentContext context) throws InterruptedException {
    if (context.task().change().isPresent()) {
      putPatch(context, context.task().change().get());
      return;
    }
    Solution solution = solution(context);
    if (solution.text().isPresent()) {
      Path copy = context.logs().resolve("solution.sh");
      try {
        Files.writeString(copy, solution.text().get());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the reference solution to " + copy, e);
      }
      context.commands().put(copy, place(solution), false);
    } else if (isAlone(solution)) {
      context.commands().put(solution.script(), place(solution), false);
    } else {
      context.commands().put(solution.directory(), SOLUTION, false);
    }
  }

  private static boolean isAlone(Solution solution) {
    return solution.text().isPresent() || solution.directory().equals(solution.script());
  }

  /** Where the script is in the sandbox. */
  private static String place(Solution solution) {
    Path within =
        isAlone(solution)
            ? Path.of("solution.sh")
            : solution.directory().relativize(solution.script());
    return SOLUTION + "/" + within.toString().replace('\\', '/');
  }

  private static void putPatch(AgentContext context, CodeChange change)
      throws InterruptedException {
    Path copy = context.logs().resolve("solution.patch");
    try {
      Files.write(copy, change.reference().orElseThrow().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the reference solution to " + copy, e);
    }
    context.commands().put(copy, PATCH, false);
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    if (context.task().change().isPresent()) {
      return run(
          context,
          Command.of(
                  "exec git -c safe.directory='*' apply --whitespace=nowarn " + PATCH + " 2>&1",
                  context.limit().plus(BEYOND_DEADLINE))
              .withWorkdir(context.task().change().get().workdir()));
    }
    Solution solution = solution(context);
    Map<String, String> env = new HashMap<>();
    env.put("DEBIAN_FRONTEND", "noninteractive");
    env.putAll(
        EnvTemplates.resolve(context.task().name() + ": solution.env", solution.env(), hostEnv));
    String script = place(solution);
    // Called through a shell where the file system lost the exec bit, else by its own first line.
    Command command =
        Command.of(
                "if [ -x '"
                    + script
                    + "' ]; then exec '"
                    + script
                    + "' 2>&1; fi; exec bash '"
                    + script
                    + "' 2>&1",
                context.limit().plus(BEYOND_DEADLINE))
            .withEnv(env);
    return run(context, command);
  }

  private static AgentEnd run(AgentContext context, Command command) throws InterruptedException {
    Path log = context.logs().resolve("oracle.txt");
    context.states().accept(TrialState.TOOL_EXEC);
    CommandResult result = runLogged(context, command, log);
    context.states().accept(TrialState.AGENT_OTHER);
    return switch (result.end()) {
      case EXITED ->
          result.exitCode() == 0
              ? AgentEnd.finished()
              : new AgentEnd(
                  Ended.CRASHED,
                  "the reference solution ended with exit code " + result.exitCode());
      case DISPATCHER_LOST ->
          new AgentEnd(Ended.CRASHED, "the reference solution killed what runs commands");
      case TIMED_OUT, KILLED, SANDBOX_ENDED ->
          new AgentEnd(Ended.DEADLINE, "the reference solution was stopped");
    };
  }

  private static CommandResult runLogged(AgentContext context, Command command, Path log)
      throws InterruptedException {
    try (OutputStream out = Files.newOutputStream(log)) {
      LimitedLog limited = new LimitedLog(out);
      CommandResult result =
          context.commands().run(command, (stream, bytes) -> limited.write(bytes));
      limited.end();
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + log, e);
    }
  }

  private static Solution solution(AgentContext context) {
    return context
        .task()
        .solution()
        .orElseThrow(() -> new IllegalStateException("planned without a solution"));
  }
}
