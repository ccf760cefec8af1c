package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.util.Optional;

/** A made-up failure of a call, in each protocol's own shape. */
enum Fault {
  RATE_LIMITED,
  SERVER_ERROR,
  OVERLOADED,
  CUT;

  /** How long a caller is told to wait. */
  static final int RETRY_AFTER_SECONDS = 1;

  /** At most one fault a call; their shares add up. */
  static Optional<Fault> draw(SimulatedTier.Faults faults, Draws draws) {
    double drawn = draws.about("fault").unit(0);
    double below = 0;
    for (Fault fault : values()) {
      below += fault.share(faults);
      if (drawn < below) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private double share(SimulatedTier.Faults faults) {
    return switch (this) {
      case RATE_LIMITED -> faults.rateLimited();
      case SERVER_ERROR -> faults.serverError();
      case OVERLOADED -> faults.overloaded();
      case CUT -> faults.cut();
    };
  }

  Refusal refusal(Protocol protocol) {
    boolean anthropic = protocol == Protocol.ANTHROPIC_MESSAGES;
    return switch (this) {
      case RATE_LIMITED ->
          new Refusal(
              429,
              anthropic ? "rate_limit_error" : "requests",
              "rate_limit_exceeded",
              "Rate limit reached. Please try again in " + RETRY_AFTER_SECONDS + "s.",
              Optional.of(RETRY_AFTER_SECONDS));
      case SERVER_ERROR ->
          Refusal.of(
              500,
              anthropic ? "api_error" : "server_error",
              "server_error",
              "The server had an error while processing your request.");
      case OVERLOADED ->
          Refusal.of(
              anthropic ? 529 : 503,
              anthropic ? "overloaded_error" : "service_unavailable_error",
              "server_is_overloaded",
              "The model is overloaded. Please try again later.");
      case CUT -> throw new IllegalStateException("a cut stream is no refusal");
    };
  }
}
