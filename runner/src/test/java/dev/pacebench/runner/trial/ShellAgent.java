package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.SandboxException;

/** Runs one script, and on the host whatever a test wants it to do afterwards. */
final class ShellAgent implements Agent {

  /** What happens on the host after the script. */
  interface Afterwards {
    void run(AgentContext context) throws InterruptedException;
  }

  private final String script;
  private final Afterwards afterwards;

  ShellAgent(String script) {
    this(script, context -> {});
  }

  ShellAgent(String script, Afterwards afterwards) {
    this.script = script;
    this.afterwards = afterwards;
  }

  @Override
  public String name() {
    return "shell";
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
    try {
      context
          .commands()
          .run(Command.of(script, context.limit().plusSeconds(60)), OutputListener.NONE);
      afterwards.run(context);
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        return new AgentEnd(Ended.DEADLINE, "");
      }
      throw e;
    }
    return AgentEnd.finished();
  }
}
