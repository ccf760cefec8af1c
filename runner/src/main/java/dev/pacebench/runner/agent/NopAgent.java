package dev.pacebench.runner.agent;

/** Does nothing; what it solves, nobody should be proud of. */
public final class NopAgent implements Agent {

  @Override
  public String name() {
    return "nop";
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
  public AgentEnd run(AgentContext context) {
    return AgentEnd.finished();
  }
}
