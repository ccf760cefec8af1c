package dev.pacebench.runner.plan;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.tasks.Task;
import java.time.Duration;

/** How long an agent phase may last. */
public final class TimeLimits {

  private TimeLimits() {}

  /** The smaller of the task's limit times the run's factor and the contender's own limit. */
  public static Duration effective(RunSettings settings, Task task, Contender contender) {
    Duration limit = task.agent().timeout().orElse(settings.defaultLimit());
    double nanos = Math.min(limit.toNanos() * settings.timeoutFactor(), Long.MAX_VALUE / 2.0);
    Duration scaled = Duration.ofNanos(Math.max(1, Math.round(nanos)));
    return contender
        .limits()
        .time()
        .filter(own -> own.compareTo(scaled) < 0)
        .orElse(scaled);
  }
}
