package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNull;

/**
 * An agent's program cannot be started because of how this machine provides it; nothing can be said
 * of the contender.
 */
public final class AgentStartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The word of the cause in a LOST trial's record. */
  public static final String CAUSE = "agent_start";

  private final String remedy;

  public AgentStartException(String what, String remedy) {
    super(what);
    this.remedy = requireNonNull(remedy, "remedy is null");
  }

  /** What the user should do. */
  public String remedy() {
    return remedy;
  }
}
