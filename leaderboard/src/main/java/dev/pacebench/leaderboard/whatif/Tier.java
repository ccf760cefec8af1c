package dev.pacebench.leaderboard.whatif;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The tier that calls are re-timed under; what it leaves open stays as it was measured.
 *
 * @param firstToken seconds from a request that was read to the first token
 * @param tokensPerSecond pace of the tokens after the first
 * @param roundtrip seconds that each call costs before anything else; only with a stated first
 *     token, since a measured wait holds both
 * @param connect seconds that a new connection costs
 * @param prefillTokensPerSecond pace at which input that no cache holds is read; only with a stated
 *     first token
 * @param oneConnection whether one connection stays open for all calls, as a WebSocket does
 */
public record Tier(
    Optional<Speed> firstToken,
    Optional<Speed> tokensPerSecond,
    OptionalDouble roundtrip,
    OptionalDouble connect,
    OptionalDouble prefillTokensPerSecond,
    boolean oneConnection) {

  /** As measured. */
  public static final Tier SAME =
      new Tier(
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          false);

  public Tier {
    boolean stated = firstToken.filter(Speed.Stated.class::isInstance).isPresent();
    if (!stated && (roundtrip.isPresent() || prefillTokensPerSecond.isPresent())) {
      throw new IllegalArgumentException("a roundtrip needs a stated first token");
    }
    if (tokensPerSecond.filter(new Speed.Stated(0)::equals).isPresent()) {
      throw new IllegalArgumentException("a tier must send something");
    }
  }

  /**
   * Seconds that the tier serves a call.
   *
   * @param connects whether it has to make a connection
   */
  double served(Call call, boolean connects) {
    double connecting = connects ? connect.orElse(call.connect()) : 0;
    return switch (call.kind()) {
      case UNANSWERED -> 0;
      // How much of it was left is not known; as far as it came, it came as fast as this.
      case CUT_OFF -> connecting + call.waiting() + call.stream();
      case WARM_UP ->
          connecting
              + (roundtrip.isPresent() || prefillTokensPerSecond.isPresent()
                  ? roundtrip.orElse(0) + prefill(call)
                  : call.waiting() + call.stream());
      case WHOLE -> connecting + whole(call);
      case STREAMED -> connecting + waiting(call) + streaming(call);
    };
  }

  /** Whether a call of that kind can be re-timed by what is known of it. */
  boolean knows(Call call) {
    boolean stated = tokensPerSecond.filter(Speed.Stated.class::isInstance).isPresent();
    return switch (call.kind()) {
      case STREAMED -> !stated || call.tokens().isPresent();
      case WHOLE -> stated && firstToken.isPresent() ? call.tokens().isPresent() : sameModel();
      case WARM_UP, UNANSWERED -> true;
      case CUT_OFF -> sameModel();
    };
  }

  private boolean sameModel() {
    return firstToken.isEmpty() && tokensPerSecond.isEmpty();
  }

  private double prefill(Call call) {
    double rate = prefillTokensPerSecond.orElse(0);
    return rate > 0 ? call.unreadTokens() / rate : 0;
  }

  private double whole(Call call) {
    if (firstToken.orElse(null) instanceof Speed.Stated first
        && tokensPerSecond.orElse(null) instanceof Speed.Stated pace
        && call.tokens().isPresent()) {
      return roundtrip.orElse(0)
          + prefill(call)
          + first.value()
          + Math.max(0, call.tokens().getAsLong() - 1) / pace.value();
    }
    return call.waiting() + call.stream();
  }

  private double waiting(Call call) {
    double hidden = hidden(call);
    if (firstToken.orElse(null) instanceof Speed.Stated first) {
      return roundtrip.orElse(0) + prefill(call) + first.value();
    }
    double measured = call.waiting() - hidden;
    return firstToken.orElse(null) instanceof Speed.Multiple multiple
        ? measured * multiple.times()
        : measured;
  }

  private double streaming(Call call) {
    double measured = call.stream() + hidden(call);
    if (tokensPerSecond.orElse(null) instanceof Speed.Multiple multiple) {
      return measured / multiple.times();
    }
    if (tokensPerSecond.orElse(null) instanceof Speed.Stated pace && call.tokens().isPresent()) {
      return Math.max(0, call.tokens().getAsLong() - 1) / pace.value();
    }
    return measured;
  }

  /** How much of the wait went into tokens that nobody saw, at the pace of those that were seen. */
  static double hidden(Call call) {
    long all = call.tokens().orElse(0);
    long seen = all - call.hiddenTokens();
    return call.hiddenTokens() <= 0 || seen < 2 || call.stream() <= 0
        ? 0
        : Math.min(call.waiting(), call.hiddenTokens() * call.stream() / (seen - 1));
  }
}
