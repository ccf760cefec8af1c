package dev.pacebench.runner.trial;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.SandboxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs the script that belongs to an instruction; `crash` is no script but a crash. */
final class StepAgent implements Agent {

  static final String CRASH = "crash";

  private final Map<String, String> scripts;
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Duration> limits = new CopyOnWriteArrayList<>();
  final List<String> outputs = new CopyOnWriteArrayList<>();

  /**
   * @param scripts by instruction
   */
  StepAgent(Map<String, String> scripts) {
    this.scripts = scripts;
  }

  @Override
  public String name() {
    return "steps";
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
    String instruction = context.task().instruction().strip();
    told.add(instruction);
    limits.add(context.limit());
    String script = scripts.getOrDefault(instruction, "true");
    if (script.equals(CRASH)) {
      throw new IllegalStateException("made to crash");
    }
    context.states().accept(TrialState.TOOL_EXEC);
    try {
      CommandResult result =
          context
              .commands()
              .run(Command.of(script, context.limit().plusSeconds(60)), OutputListener.NONE);
      outputs.add(result.stdout().text());
    } catch (SandboxException e) {
      if (e.kind() != SandboxException.Kind.BAD_REQUEST) {
        throw e;
      }
    }
    return AgentEnd.finished();
  }
}
