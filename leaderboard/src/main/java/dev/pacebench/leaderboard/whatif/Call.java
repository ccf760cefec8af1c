package dev.pacebench.leaderboard.whatif;

import java.util.OptionalLong;

/**
 * One attempt of one recorded model call, in seconds of one clock.
 *
 * <p>What {@code begin} to {@code end} holds beside the parts named here, such as uploading, the
 * tail of a stream and waits that a provider ordered, stays as it was measured.
 *
 * @param begin when it was wanted
 * @param end when it ended, however
 * @param limiter wait for our own limits, which is in nobody's time
 * @param connect making a connection; 0 on one that was there
 * @param waiting from the sent request to the first piece of the answer; to the end without pieces
 * @param stream from the first piece of the answer to the last
 * @param newConnection whether it made a connection
 * @param kind what came of it
 * @param tokens that were generated; empty when nobody counted
 * @param hiddenTokens of them, those that were generated before the first piece could be seen
 * @param unreadTokens input that no cache held
 */
public record Call(
    double begin,
    double end,
    double limiter,
    double connect,
    double waiting,
    double stream,
    boolean newConnection,
    Kind kind,
    OptionalLong tokens,
    long hiddenTokens,
    long unreadTokens) {

  /** What came of an attempt, as far as re-timing tells attempts apart. */
  public enum Kind {
    /** It was answered piece by piece. */
    STREAMED,
    /** It was answered in one piece, so nobody saw when the first token was there. */
    WHOLE,
    /** It was answered and asked for no generation. */
    WARM_UP,
    /** The end of the agent phase cut it off. */
    CUT_OFF,
    /** Anything else: it failed, or the agent gave it up. Stays as it was measured. */
    UNANSWERED
  }

  public Call {
    if (!(end >= begin) || !(limiter >= 0 && connect >= 0 && waiting >= 0 && stream >= 0)) {
      throw new IllegalArgumentException("a call's times do not follow each other");
    }
    if (limiter + connect + waiting + stream > end - begin + 1e-3) {
      throw new IllegalArgumentException("a call's parts are longer than the call");
    }
  }

  /** What the tier has a say in: connecting, waiting, generating. */
  double served() {
    return kind == Kind.UNANSWERED ? 0 : connect + waiting + stream;
  }

  /** Everything else of it that counts as the agent's time. */
  double kept() {
    return Math.max(0, end - begin - limiter - served());
  }
}
