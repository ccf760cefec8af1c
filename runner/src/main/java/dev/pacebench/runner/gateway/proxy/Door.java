package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.net.URI;
import java.util.List;

/**
 * The way of one trial's calls through the gateway.
 *
 * <p>Opened by its token alone, from loopback TCP or from its own socket; another trial's token is
 * worth nothing here. {@link #shut} ends every call and every connection; the token is worth
 * nothing from then on, unless the trial has a further agent phase.
 */
public interface Door extends AutoCloseable {

  /** What an agent sends as its key: as a bearer token or as {@code x-api-key}. */
  String token();

  /** Address on this host's loopback, without a path; agents add {@code /v1/...}. */
  URI address();

  /**
   * Attempts so far, in the order of their first send; with open ones, as if they ended now, when
   * {@code open} is set.
   */
  List<CallRecord> calls(boolean open);

  /** How long calls waited for our own limiter so far while no other call was under way. */
  long limiterWaitNanos();

  /** Calls that came with this door's token after it was shut; all were refused. */
  long callsAfterShut();

  /** Ends the agent phase: no call is let in any more, those under way are ended. */
  void shut();

  /** Begins a further agent phase after a shut, with the same token. */
  void reopen();

  /** Shuts, and removes the socket. */
  @Override
  void close();
}
