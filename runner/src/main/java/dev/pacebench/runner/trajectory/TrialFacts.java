package dev.pacebench.runner.trajectory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a try beside what its agent did.
 *
 * @param session names the try
 * @param model as the contender names it; empty for agents without one
 * @param instructed whether the agent was told what to do, and does not just run what is given
 * @param began date of the agent phase's start
 * @param phaseMillis length of the agent phase
 * @param ended why it ended, in the record's word
 * @param deadline whether the deadline ended it
 */
public record TrialFacts(
    String session,
    String agent,
    String version,
    Optional<String> model,
    boolean simulated,
    boolean instructed,
    String instruction,
    Instant began,
    double phaseMillis,
    String ended,
    boolean deadline) {

  public TrialFacts {
    requireNonNull(session, "session is null");
    requireNonNull(agent, "agent is null");
    requireNonNull(version, "version is null");
    requireNonNull(model, "model is null");
    requireNonNull(instruction, "instruction is null");
    requireNonNull(began, "began is null");
    requireNonNull(ended, "ended is null");
  }
}
