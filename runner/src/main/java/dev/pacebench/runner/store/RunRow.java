package dev.pacebench.runner.store;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.sandbox.Owner;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run with the counts of its trials.
 *
 * @param createdAt ISO instant
 * @param state as its last runner wrote it
 * @param failure why it is FAILED, empty otherwise
 * @param planned all trials
 * @param done those with a result, LOST ones included
 * @param running those claimed
 * @param lost of the done ones
 * @param solved of the done ones
 * @param owner who executes it, or did last
 * @param suspended contenders whose trials wait, with the cause
 */
public record RunRow(
    String runId,
    String createdAt,
    RunState state,
    String failure,
    int planned,
    int done,
    int running,
    int lost,
    int solved,
    RunSettings settings,
    Optional<Owner> owner,
    Map<String, String> suspended) {

  public RunRow {
    requireNonNull(runId, "runId is null");
    requireNonNull(state, "state is null");
    suspended = Collections.unmodifiableMap(new TreeMap<>(suspended));
  }

  /** Whether its runner died over it. */
  public boolean isInterrupted() {
    return state == RunState.RUNNING && owner.map(Owner::isDead).orElse(true);
  }
}
