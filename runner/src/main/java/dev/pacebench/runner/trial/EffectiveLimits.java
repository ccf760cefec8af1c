package dev.pacebench.runner.trial;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.tasks.Task;
import java.time.Duration;

/**
 * The limits that hold for one trial.
 *
 * @param agent length of the agent phase
 * @param setup of preparing the agent in its sandbox
 * @param verifier one round of verification
 * @param healthcheck from the sandbox's start until it must be healthy
 * @param outer after which the trial is over whatever happens, and the sandbox ends by itself
 */
public record EffectiveLimits(
    Duration agent, Duration setup, Duration verifier, Duration healthcheck, Duration outer) {

  /** Limit of agent setup. */
  static final Duration SETUP = Duration.ofSeconds(360);

  /** What the outer limit leaves for everything between the phases. */
  private static final Duration MARGIN = Duration.ofSeconds(120);

  /** The smaller of task and contender limit holds; a task without one gets the default. */
  public static EffectiveLimits of(RunSettings settings, Task task, Contender contender) {
    Duration ofTask =
        scaled(task.agent().timeout().orElse(settings.defaultLimit()), settings.timeoutFactor());
    Duration agent =
        contender.limits().time().filter(own -> own.compareTo(ofTask) < 0).orElse(ofTask);
    Duration verifier = scaled(task.verifier().timeout(), settings.timeoutFactor());
    Duration setup = scaled(SETUP, settings.timeoutFactor());
    Duration healthcheck =
        task.environment()
            .healthcheck()
            .map(
                check ->
                    check
                        .startPeriod()
                        .plus(
                            check
                                .interval()
                                .plus(check.timeout())
                                .multipliedBy(check.retries() + 1L)))
            .orElse(Duration.ZERO);
    Duration collect =
        task.verifier().collect().stream()
            .map(dev.pacebench.tasks.Verifier.Collect::timeout)
            .reduce(Duration.ZERO, Duration::plus);
    Duration outer =
        agent
            .plus(verifier.multipliedBy(2))
            .plus(healthcheck)
            .plus(collect)
            .plus(setup)
            .plus(MARGIN);
    return new EffectiveLimits(agent, setup, verifier, healthcheck, outer);
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
