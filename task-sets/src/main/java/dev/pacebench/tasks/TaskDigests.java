package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What identifies a task; each a SHA-256 in lower-case hex.
 *
 * @param task over all that an agent or verifier can notice
 * @param solution over {@code solution/} and those of the steps, absent without one
 * @param simulated over {@code simulated/}, absent without one
 * @param harbor Harbor's own directory checksum, for export
 */
public record TaskDigests(
    String task, Optional<String> solution, Optional<String> simulated, String harbor) {

  public TaskDigests {
    requireNonNull(task, "task is null");
    requireNonNull(solution, "solution is null");
    requireNonNull(simulated, "simulated is null");
    requireNonNull(harbor, "harbor is null");
  }
}
