package dev.pacebench.runner.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that was asked for when a run was planned; enough to go on with it later.
 *
 * @param runId unique id
 * @param createdAt ISO instant
 * @param taskSets the arguments of {@code -t}, made absolute where they are paths
 * @param lineup the argument of {@code -l}, made absolute where it is a path
 * @param attempts k
 * @param slots concurrent trials, -j
 * @param seed of every shuffle
 * @param order how trials are ordered
 * @param sandbox docker or local
 * @param timeoutFactor multiplies every task limit
 * @param defaultLimit for tasks without a limit
 * @param only glob over task names
 * @param contenders names chosen from the lineup; empty for all
 * @param maxTries tries of a trial before it is LOST
 */
public record RunSettings(
    String runId,
    String createdAt,
    List<String> taskSets,
    String lineup,
    int attempts,
    int slots,
    long seed,
    Order order,
    String sandbox,
    double timeoutFactor,
    Duration defaultLimit,
    Optional<String> only,
    List<String> contenders,
    int maxTries) {

  /** How trials are ordered. */
  public enum Order {
    /** By attempt, then task, then contender: a slow hour hits all alike. */
    BY_ATTEMPT,
    /** By task first, for sets whose images do not fit the disk. */
    BY_TASK
  }

  public RunSettings {
    requireNonNull(runId, "runId is null");
    taskSets = List.copyOf(taskSets);
    contenders = List.copyOf(contenders);
    if (attempts < 1 || slots < 1 || maxTries < 1) {
      throw new IllegalArgumentException("attempts, slots and maxTries count from 1");
    }
    if (!(timeoutFactor > 0) || Double.isInfinite(timeoutFactor)) {
      throw new IllegalArgumentException("timeoutFactor must be positive, is " + timeoutFactor);
    }
  }

  /** The same with more attempts. */
  public RunSettings withAttempts(int attempts) {
    return with(attempts, slots);
  }

  /** The same with other slots. */
  public RunSettings withSlots(int slots) {
    return with(attempts, slots);
  }

  private RunSettings with(int attempts, int slots) {
    return new RunSettings(
        runId,
        createdAt,
        taskSets,
        lineup,
        attempts,
        slots,
        seed,
        order,
        sandbox,
        timeoutFactor,
        defaultLimit,
        only,
        contenders,
        maxTries);
  }

  /** The task sets as others may see them. */
  public String shownTaskSets() {
    return taskSets.stream().map(RunSettings::shown).collect(Collectors.joining(", "));
  }

  /** The lineup as others may see it. */
  public String shownLineup() {
    return shown(lineup);
  }

  /**
   * A name as it is, a path by its last part: where somebody keeps files is nobody's business, and
   * the dot tells it from the name of something bundled.
   */
  public static String shown(String argument) {
    int slash = argument.lastIndexOf('/');
    return slash < 0 ? argument : "." + argument.substring(slash);
  }
}
