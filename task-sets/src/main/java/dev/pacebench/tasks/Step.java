package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One step of a task of several: its instruction, what is put in place for it, its verification.
 *
 * @param name of its folder below {@code steps/}
 * @param instruction what the agent is told in this step, without leading canary lines
 * @param workdir files for the working directory, put there before the step's agent phase; a {@code
 *     setup.sh} among them is run
 * @param healthcheck must succeed before the step's agent phase
 * @param timeout of the step's agent phase, absent for the task's own
 * @param verifier the step's verification; its tests lie over those of the task
 * @param artifacts kept beside those of the task
 * @param minReward rewards that the step must reach, by name, or no further step is run
 */
public record Step(
    String name,
    String instruction,
    Optional<Path> workdir,
    Optional<Healthcheck> healthcheck,
    Optional<Duration> timeout,
    Verifier verifier,
    Optional<Solution> solution,
    List<Artifact> artifacts,
    Map<String, Double> minReward) {

  public Step {
    requireNonNull(name, "name is null");
    requireNonNull(instruction, "instruction is null");
    requireNonNull(workdir, "workdir is null");
    requireNonNull(healthcheck, "healthcheck is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(verifier, "verifier is null");
    requireNonNull(solution, "solution is null");
    artifacts = List.copyOf(artifacts);
    minReward = Collections.unmodifiableMap(new TreeMap<>(minReward));
  }
}
