package dev.pacebench.runner.plan;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.tasks.Task;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a plan must heed beside settings, lineup and tasks.
 *
 * @param agentRefusal why a contender's agent cannot work on a task, absent when it can
 * @param hostCpus processors of this machine
 */
public record PlanRules(BiFunction<Contender, Task, Optional<String>> agentRefusal, int hostCpus) {

  public PlanRules {
    requireNonNull(agentRefusal, "agentRefusal is null");
  }

  /** Every agent takes every task. */
  public static PlanRules lenient(int hostCpus) {
    return new PlanRules((contender, task) -> Optional.empty(), hostCpus);
  }
}
