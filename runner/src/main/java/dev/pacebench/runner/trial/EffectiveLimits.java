package dev.pacebench.runner.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.tasks.Healthcheck;
import dev.pacebench.tasks.Step;
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
    if (!task.steps().isEmpty()) {
      return ofSteps(settings, task, contender);
    }
    Duration ofTask = step(settings, task);
    Duration agent =
        contender.limits().time().filter(own -> own.compareTo(ofTask) < 0).orElse(ofTask);
    Duration verifier = scaled(task.verifier().timeout(), settings.timeoutFactor());
    Duration setup = scaled(SETUP, settings.timeoutFactor());
    Duration healthcheck =
        task.environment().healthcheck().map(EffectiveLimits::longest).orElse(Duration.ZERO);
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

  /** The agent phases of all steps together; a contender's own limit holds for their sum. */
  private static EffectiveLimits ofSteps(RunSettings settings, Task task, Contender contender) {
    Duration agent = Duration.ZERO;
    Duration outer = Duration.ZERO;
    EffectiveLimits any = null;
    for (Step step : task.steps()) {
      Task seen = task.at(step);
      any = of(settings, seen, contender);
      agent = agent.plus(step(settings, seen));
      outer =
          outer
              .plus(any.outer())
              .plus(step.healthcheck().map(EffectiveLimits::longest).orElse(Duration.ZERO));
      outer = outer.plus(StepPlace.SETUP_LIMIT);
    }
    Duration sum = agent;
    return new EffectiveLimits(
        contender.limits().time().filter(own -> own.compareTo(sum) < 0).orElse(sum),
        requireNonNull(any).setup(),
        any.verifier(),
        any.healthcheck(),
        outer);
  }

  /** What a task, or a step seen as one, allows its agent. */
  static Duration step(RunSettings settings, Task task) {
    return scaled(task.agent().timeout().orElse(settings.defaultLimit()), settings.timeoutFactor());
  }

  private static Duration longest(Healthcheck check) {
    return check
        .startPeriod()
        .plus(check.interval().plus(check.timeout()).multipliedBy(check.retries() + 1L));
  }

  static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
