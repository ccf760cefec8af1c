package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run is at one instant.
 *
 * @param total planned trials
 * @param done those with a result
 * @param outcomes of the results of this execution
 * @param slots busy slots, in order
 * @param elapsed since this execution began
 * @param left estimate of what is left, absent until there is something to go by
 */
public record Progress(
    String runId,
    int total,
    int done,
    Map<Outcome, Integer> outcomes,
    List<Slot> slots,
    Duration elapsed,
    Optional<Duration> left) {

  /**
   * A slot at work.
   *
   * @param doing what its trial is doing, in a word or two
   * @param elapsed since the trial was taken up
   */
  public record Slot(
      int number, String task, String contender, int tryNumber, String doing, Duration elapsed) {}

  public Progress {
    Map<Outcome, Integer> ordered = new EnumMap<>(Outcome.class);
    ordered.putAll(outcomes);
    outcomes = ordered;
    slots = List.copyOf(slots);
  }
}
