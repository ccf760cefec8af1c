package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an agent is given for one try.
 *
 * @param commands the way into the sandbox; closed at the deadline
 * @param logs a folder of the evidence, for the agent's own logs
 * @param limit length of the agent phase
 * @param states tells the timeline what the agent is doing
 * @param model the way to the contender's model, when it has one
 * @param interruptions where an agent notes when the task's new instructions came
 */
public record AgentContext(
    Task task,
    Contender contender,
    AgentSandbox commands,
    Path logs,
    Duration limit,
    Consumer<TrialState> states,
    Optional<ModelAccess> model,
    InterruptionLog interruptions) {

  public AgentContext {
    requireNonNull(task, "task is null");
    requireNonNull(commands, "commands is null");
    requireNonNull(model, "model is null");
    requireNonNull(interruptions, "interruptions is null");
  }

  /** For whom nobody asks after interruptions. */
  public AgentContext(
      Task task,
      Contender contender,
      AgentSandbox commands,
      Path logs,
      Duration limit,
      Consumer<TrialState> states,
      Optional<ModelAccess> model) {
    this(task, contender, commands, logs, limit, states, model, new InterruptionLog());
  }
}
