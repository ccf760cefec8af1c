package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an agent reaches its model: through the gateway, for the length of the agent phase.
 *
 * <p>Holds no key of a provider. The token is good for one trial and is not printed.
 *
 * @param address of the gateway on this host's loopback, without a path
 * @param token what the agent sends as its key
 * @param modelId what the provider calls the model
 * @param protocol what the provider speaks
 * @param transport how answers shall travel
 * @param maxOutputTokens most tokens of one answer; 0 leaves it to the agent
 * @param inSandbox the gateway's address as processes in the sandbox see it, without a path
 * @param calls what the gateway has seen of the trial's calls so far, an attempt each
 */
public record ModelAccess(
    URI address,
    String token,
    String modelId,
    Protocol protocol,
    Transport transport,
    int maxOutputTokens,
    Optional<URI> inSandbox,
    Supplier<List<CallRecord>> calls) {

  public ModelAccess {
    requireNonNull(address, "address is null");
    requireNonNull(token, "token is null");
    requireNonNull(modelId, "modelId is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(transport, "transport is null");
    requireNonNull(inSandbox, "inSandbox is null");
    requireNonNull(calls, "calls is null");
    if (maxOutputTokens < 0) {
      throw new IllegalArgumentException("maxOutputTokens is negative: " + maxOutputTokens);
    }
  }

  /** For agents that see their calls themselves. */
  public ModelAccess(
      URI address,
      String token,
      String modelId,
      Protocol protocol,
      Transport transport,
      int maxOutputTokens,
      Optional<URI> inSandbox) {
    this(address, token, modelId, protocol, transport, maxOutputTokens, inSandbox, List::of);
  }

  @Override
  public String toString() {
    return "ModelAccess[" + modelId + " by " + protocol.word() + " at " + address + "]";
  }
}
