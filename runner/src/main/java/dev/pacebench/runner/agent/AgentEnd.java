package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.Ended;

/**
 * How an agent ended by itself.
 *
 * @param ended why
 * @param note one sentence for people; may be empty
 */
public record AgentEnd(Ended ended, String note) {
  public AgentEnd {
    requireNonNull(ended, "ended is null");
    requireNonNull(note, "note is null");
  }

  public static AgentEnd finished() {
    return new AgentEnd(Ended.FINISHED, "");
  }
}
