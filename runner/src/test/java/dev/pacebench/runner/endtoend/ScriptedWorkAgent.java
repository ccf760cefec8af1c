package dev.pacebench.runner.endtoend;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs the commands of one script, each by itself, as a shell tool would. */
final class ScriptedWorkAgent implements Agent {

  /** As long as an agent's shell tool would wait; scripts take seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int NOT_FOUND = 127;

  private final Script script;
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  ScriptedWorkAgent(Script script) {
    this.script = script;
  }

  /** Commands that did not end, or named programs that are not there. */
  List<String> troubles() {
    return troubles;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public boolean needsModel() {
    return false;
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    context.states().accept(TrialState.TOOL_EXEC);
    for (Script.Turn turn : script.turns()) {
      for (String command : turn.commands()) {
        CommandResult result =
            context.commands().run(Command.of(command, PATIENCE), OutputListener.NONE);
        String said = result.stderr().text();
        if (result.end() != CommandResult.End.EXITED
            || result.exitCode() == NOT_FOUND
            || said.contains(": not found")
            || said.contains("command not found")) {
          troubles.add(result.end() + " " + result.exitCode() + ": " + command + "\n" + said);
        }
      }
    }
    return AgentEnd.finished();
  }
}
