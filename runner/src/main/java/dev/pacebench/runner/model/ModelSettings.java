package dev.pacebench.runner.model;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What a conversation with a model is opened with; fields of its tier are the gateway's matter.
 *
 * @param address the gateway's, without a path
 * @param token lets calls in at the gateway; not printed
 * @param model what the provider calls the model
 * @param instructions what the model is told before the conversation; may be empty
 * @param tools what it may call
 * @param maxOutputTokens most tokens of one answer; 0 for what the protocol takes by default
 * @param cacheKey groups calls that share a beginning, for providers that take such a hint; may be
 *     empty
 * @param headers sent with each request beside those of the protocol
 */
public record ModelSettings(
    URI address,
    String token,
    Protocol protocol,
    Transport transport,
    String model,
    String instructions,
    List<Tool> tools,
    int maxOutputTokens,
    String cacheKey,
    Map<String, String> headers) {

  public ModelSettings {
    requireNonNull(address, "address is null");
    requireNonNull(token, "token is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(model, "model is null");
    requireNonNull(instructions, "instructions is null");
    requireNonNull(cacheKey, "cacheKey is null");
    tools = List.copyOf(tools);
    headers = Map.copyOf(headers);
    if (maxOutputTokens < 0) {
      throw new IllegalArgumentException("maxOutputTokens is negative: " + maxOutputTokens);
    }
    if (transport == Transport.PLAIN
        || (transport == Transport.WEBSOCKET && protocol != Protocol.OPENAI_RESPONSES)) {
      throw new IllegalArgumentException(
          protocol.word() + " is not spoken over " + transport.word());
    }
  }

  @Override
  public String toString() {
    return "ModelSettings[" + model + " by " + protocol.word() + " at " + address + "]";
  }
}
