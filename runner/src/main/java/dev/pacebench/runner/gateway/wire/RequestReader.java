package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a request asks for, read from its body or its WebSocket frame.
 *
 * <p>Never throws: of a body that is broken or cut, what stands before the fault counts.
 */
public final class RequestReader {

  private String model = "";
  private @Nullable String type;
  private @Nullable String tier;
  private @Nullable String speed;
  private @Nullable String effort;
  private @Nullable String effortOfThinking;
  private @Nullable String continues;
  private boolean stream;
  private boolean generate = true;

  private RequestReader() {}

  /** What an HTTP body asks for. */
  public static Asked body(Protocol protocol, byte[] body) {
    return new RequestReader().read(protocol, body).asked(protocol, false);
  }

  /**
   * What a client's frame asks for on a WebSocket of OpenAI Responses, which always streams;
   * nothing for a frame that is no {@code response.create}.
   */
  public static Optional<Asked> frame(byte[] frame) {
    RequestReader reader = new RequestReader().read(Protocol.OPENAI_RESPONSES, frame);
    return "response.create".equals(reader.type)
        ? Optional.of(reader.asked(Protocol.OPENAI_RESPONSES, true))
        : Optional.empty();
  }

  private Asked asked(Protocol protocol, boolean socket) {
    return new Asked(
        model,
        tier,
        speed,
        effort == null ? effortOfThinking : effort,
        stream || socket,
        protocol == Protocol.OPENAI_RESPONSES && !generate,
        continues,
        List.of());
  }

  private RequestReader read(Protocol protocol, byte[] bytes) {
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String name = Json.field(json); name != null; name = Json.field(json)) {
          readField(protocol, name, json);
        }
      }
    } catch (RuntimeException e) {
      // It goes on to the provider as it is, who will say what is wrong with it.
    }
    return this;
  }

  private void readField(Protocol protocol, String name, JsonParser json) {
    switch (name) {
      case "model" -> {
        String word = Json.text(json, Json.WORD);
        model = word == null ? "" : word;
      }
      case "type" -> type = Json.text(json, Json.WORD);
      case "service_tier", "serviceTier" -> tier = Json.text(json, Json.WORD);
      case "generationConfig", "generation_config" -> readConfig(protocol, json);
      case "speed" -> speed = Json.text(json, Json.WORD);
      case "stream" -> {
        stream = json.currentToken() == JsonToken.VALUE_TRUE;
        json.skipChildren();
      }
      case "generate" -> {
        generate = json.currentToken() != JsonToken.VALUE_FALSE;
        json.skipChildren();
      }
      case "previous_response_id" -> continues = Json.text(json, Json.WORD);
      case "reasoning_effort" -> readPlainEffort(protocol, json);
      // Chat servers other than OpenAI's take this as well.
      case "reasoning" ->
          effortOfThinking = readEffort(json, protocol != Protocol.ANTHROPIC_MESSAGES);
      case "output_config" ->
          effortOfThinking = readEffort(json, protocol == Protocol.ANTHROPIC_MESSAGES);
      default -> json.skipChildren();
    }
  }

  private void readPlainEffort(Protocol protocol, JsonParser json) {
    String word = Json.text(json, Json.WORD);
    if (protocol == Protocol.OPENAI_CHAT) {
      effort = word;
    }
  }

  /** Of Gemini, which has the level of thinking two objects deeper. */
  private void readConfig(Protocol protocol, JsonParser json) {
    if (protocol != Protocol.GEMINI || !Json.object(json)) {
      json.skipChildren();
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      if (!name.equals("thinkingConfig") || !Json.object(json)) {
        json.skipChildren();
        continue;
      }
      for (String inner = Json.field(json); inner != null; inner = Json.field(json)) {
        if (inner.equals("thinkingLevel")) {
          effort = Json.text(json, Json.WORD);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private @Nullable String readEffort(JsonParser json, boolean wanted) {
    String word = effortOfThinking;
    if (Json.object(json)) {
      for (String name = Json.field(json); name != null; name = Json.field(json)) {
        if (wanted && name.equals("effort")) {
          word = Json.text(json, Json.WORD);
        } else {
          json.skipChildren();
        }
      }
    }
    return word;
  }
}
