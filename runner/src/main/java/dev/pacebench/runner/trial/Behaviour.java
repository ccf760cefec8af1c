package dev.pacebench.runner.trial;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.sandbox.Sandbox;
import java.nio.file.Path;

/** What the agent did, told from the evidence once its phase is over. */
final class Behaviour {

  private Behaviour() {}

  /**
   * Adds figures to the record and a trajectory to the evidence.
   *
   * @param timeline with the model calls laid over it
   * @param phaseOffset nanoseconds between the timeline's start and the agent phase's
   */
  static void collect(
      Agent agent,
      AgentContext context,
      Sandbox sandbox,
      Path evidence,
      RecordBuilder record,
      Timeline timeline,
      AgentPhase.End end,
      long phaseOffset) {}
}
