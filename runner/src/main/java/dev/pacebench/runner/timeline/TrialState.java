package dev.pacebench.runner.timeline;

import java.util.Locale;

/**
 * What a try is doing; exactly one at any instant, so durations add up to the wall-clock.
 *
 * <p>Those between AGENT_START and AGENT_OTHER make up the agent phase, the time axis.
 */
public enum TrialState {
  ENV_BUILD(false),
  SANDBOX_START(false),
  HEALTHCHECK(false),
  AGENT_SETUP(false),
  AGENT_START(true),
  CLIENT_OVERHEAD(true),
  LIMITER_WAIT(true),
  CONNECT(true),
  UPLOAD(true),
  WAIT_FIRST(true),
  REASONING_STREAM(true),
  ANSWER_STREAM(true),
  STREAM_TAIL(true),
  FAILED_ATTEMPT(true),
  BACKOFF(true),
  RATELIMIT_WAIT(true),
  TOOL_EXEC(true),
  TOOL_DISPATCH(true),
  COMPACTION(true),
  AGENT_OTHER(true),
  FREEZE(false),
  VERIFY(false),
  COLLECT(false),
  TEARDOWN(false);

  private final boolean agentPhase;

  TrialState(boolean agentPhase) {
    this.agentPhase = agentPhase;
  }

  public boolean isAgentPhase() {
    return agentPhase;
  }

  /** As written in files: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
