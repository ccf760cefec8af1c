package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.Map;

/** Reads a request's body and sets in it what the contender's tier asks for. */
@FunctionalInterface
public interface Rewriter {

  /**
   * A request as it is sent on.
   *
   * @param body the caller's own bytes where nothing had to change
   * @param headers to set beside those of the caller, such as a beta flag
   * @param asked what it asks for
   */
  record Rewritten(byte[] body, Map<String, String> headers, Asked asked) {}

  /** Never throws; what it cannot read goes on as it is. */
  Rewritten rewrite(Protocol protocol, byte[] body);

  /** The model that is asked for, where that stands in a call's path. */
  default String model(String named) {
    return named;
  }
}
