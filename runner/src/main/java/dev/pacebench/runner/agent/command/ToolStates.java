package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.timeline.TrialState;
import java.util.function.Consumer;

/** Tells the timeline whether any of a program's commands runs. */
final class ToolStates {

  private final Consumer<TrialState> states;
  private int running;

  ToolStates(Consumer<TrialState> states) {
    this.states = states;
  }

  synchronized void begin() {
    if (running++ == 0) {
      states.accept(TrialState.TOOL_EXEC);
    }
  }

  synchronized void end() {
    if (--running == 0) {
      states.accept(TrialState.CLIENT_OVERHEAD);
    }
  }
}
