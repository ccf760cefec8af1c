package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a task goes on after its first instruction.
 *
 * @param steps in their order; none for a task of one instruction
 * @param rewardStrategy what the rewards of the steps come to
 * @param interruptions new instructions that come while the agent works, in their order
 */
public record Steering(
    List<Step> steps, RewardStrategy rewardStrategy, List<Interruption> interruptions) {

  /** Nothing comes after the instruction. */
  public static final Steering NONE = new Steering(List.of(), RewardStrategy.MEAN, List.of());

  /** What the rewards of steps come to. */
  public enum RewardStrategy {
    /** The mean over the steps, per name. */
    MEAN,
    /** Those of the last step. */
    FINAL
  }

  public Steering {
    steps = List.copyOf(steps);
    requireNonNull(rewardStrategy, "rewardStrategy is null");
    interruptions = List.copyOf(interruptions);
  }
}
