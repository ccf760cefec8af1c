package dev.pacebench.leaderboard;

/** What came of a trial. */
public enum Outcome {
  /** The verifier passed, however the agent ended. */
  SOLVED,
  /** The verifier did not pass, and nothing below applies. */
  FAILED,
  /** The deadline ended the agent, and the verifier did not pass. */
  TIMED_OUT,
  /** The agent's own program crashed or did nothing, and the verifier did not pass. */
  AGENT_ERROR,
  /** Positive evidence outside the sandbox that no fair attempt was possible, after all tries. */
  LOST
}
