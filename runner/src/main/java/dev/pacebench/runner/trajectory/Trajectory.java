package dev.pacebench.runner.trajectory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent did in one try, in the words of the format ATIF.
 *
 * @param session names the try
 * @param notes for people: what is missing, and why
 * @param extra what the format has no field for
 */
record Trajectory(
    String session,
    String agent,
    String version,
    @Nullable String model,
    List<Step> steps,
    List<String> notes,
    ObjectNode extra) {

  /** The newest version whose rules {@link AtifRules} knows completely. */
  static final String VERSION = "ATIF-v1.6";

  Trajectory {
    requireNonNull(session, "session is null");
    requireNonNull(agent, "agent is null");
    requireNonNull(version, "version is null");
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    requireNonNull(extra, "extra is null");
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a trajectory has at least one step");
    }
  }
}
