package dev.pacebench.runner.agent;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.command.CommandAgent;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.tasks.Task;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The agents that exist, by name. */
public final class Agents {

  private final Map<String, Agent> byName = new TreeMap<>();

  public Agents(Agent... agents) {
    for (Agent agent : agents) {
      byName.put(agent.name(), agent);
    }
  }

  /** All that Pacebench ships. */
  public static Agents bundled(Map<String, String> hostEnv) {
    return new Agents(
        new OracleAgent(hostEnv),
        new NopAgent(),
        new LoopAgent(Ticker.SYSTEM),
        new CommandAgent(hostEnv),
        new PredictionsAgent());
  }

  /** The agent of a name. */
  public Agent get(String name) {
    Agent agent = byName.get(name);
    if (agent == null) {
      throw new UserError(
          "", "there is no agent " + name, "choose one of " + String.join(", ", byName.keySet()));
    }
    return agent;
  }

  /** Why an agent cannot work on a task, whoever uses it. */
  public Optional<String> refusal(String name, Task task) {
    return deaf(name, task).or(() -> get(name).refuse(task));
  }

  /** Why a contender cannot work on a task. */
  public Optional<String> refusal(Contender contender, Task task) {
    return deaf(contender.agent(), task).or(() -> get(contender.agent()).refuse(contender, task));
  }

  private Optional<String> deaf(String name, Task task) {
    return task.interruptions().isEmpty() || get(name).takesInterruptions()
        ? Optional.empty()
        : Optional.of(
            "the task brings new instructions while the agent works, and none can reach " + name);
  }

  /** Agents by name, sorted. */
  public Map<String, Agent> all() {
    return Collections.unmodifiableMap(byName);
  }
}
