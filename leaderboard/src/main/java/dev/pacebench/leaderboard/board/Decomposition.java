package dev.pacebench.leaderboard.board;

/**
 * Where the agent phase went: seconds summed over trials, by part; the parts add up to {@link
 * #agent}.
 *
 * @param trials trials that say where their time went
 * @param agent their agent phases
 * @param modelWaiting connecting, sending, and waiting for the first piece of an answer
 * @param generating from the first piece of an answer to its end
 * @param tools commands, from their handing over to their results
 * @param overhead the agent's start, its own work between calls and commands, compaction
 * @param limitsAndRetries attempts that failed, pauses, waits that a provider ordered
 * @param other what nobody named, and what the timeline does not account for
 */
public record Decomposition(
    int trials,
    double agent,
    double modelWaiting,
    double generating,
    double tools,
    double overhead,
    double limitsAndRetries,
    double other) {

  /** The model's share of the time, for Amdahl's law; NaN without any time. */
  public double modelShare() {
    return agent > 0 ? (modelWaiting + generating) / agent : Double.NaN;
  }
}
