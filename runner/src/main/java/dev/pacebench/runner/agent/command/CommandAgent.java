package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Objection;
import dev.pacebench.runner.lineup.ServingTier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any program that a lineup names; what it is depends on the contender. */
public final class CommandAgent implements Agent {

  static final String NAME = "command";
  static final String VERSION = "1";

  private final Map<String, String> hostEnv;

  public CommandAgent(Map<String, String> hostEnv) {
    this.hostEnv = Map.copyOf(hostEnv);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public boolean needsModel() {
    return false;
  }

  @Override
  public boolean takesModel() {
    return true;
  }

  @Override
  public List<Objection> check(Contender contender, Optional<ServingTier> tier) {
    return CommandSettings.check(contender.settings());
  }

  @Override
  public Agent of(Contender contender) {
    CommandSettings settings = CommandSettings.of(contender);
    return settings.onHost()
        ? new HostCommand(settings, HostProgram.environment(hostEnv))
        : new SandboxCommand(settings);
  }

  @Override
  public void setUp(AgentContext context) throws InterruptedException {
    of(context.contender()).setUp(context);
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    return of(context.contender()).run(context);
  }
}
