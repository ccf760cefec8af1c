package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What one request said to a model, for every protocol alike.
 *
 * @param instructions that stand apart from the conversation; may be empty
 * @param items of the conversation that are not the model's own
 * @param tools whether the model was offered any
 * @param continues id of the answer that it goes on from; empty when it says all anew
 * @param called how many calls of tools it repeats, where a protocol's calls may have no ids
 */
record SpokenRequest(
    String instructions, List<Item> items, boolean tools, String continues, int called) {

  /** Something said to the model. */
  sealed interface Item {}

  /** Words of a user, or of whoever sets the rules. */
  record Said(boolean system, String text) implements Item {}

  /** What a tool gave back. */
  record Told(String callId, String text) implements Item {}

  SpokenRequest {
    items = List.copyOf(items);
  }

  SpokenRequest(String instructions, List<Item> items, boolean tools, String continues) {
    this(instructions, items, tools, continues, 0);
  }

  /** The first words of a user, which tell one conversation from another. */
  String opening() {
    for (Item item : items) {
      if (item instanceof Said said && !said.system()) {
        return said.text();
      }
    }
    return "";
  }

  static SpokenRequest of(Protocol protocol, JsonNode request) {
    return switch (protocol) {
      case OPENAI_RESPONSES -> responses(request);
      case OPENAI_CHAT -> chat(request);
      case ANTHROPIC_MESSAGES -> messages(request);
      case GEMINI -> gemini(request);
    };
  }

  private static SpokenRequest responses(JsonNode request) {
    List<Item> items = new ArrayList<>();
    JsonNode input = request.path("input");
    boolean tools = !request.path("tools").isEmpty();
    if (input.isString()) {
      items.add(new Said(false, input.stringValue()));
    } else {
      for (JsonNode item : input) {
        String type = Json.text(item, "type");
        if (type.equals("additional_tools")) {
          tools |= !item.path("tools").isEmpty();
        } else if (type.isEmpty() || type.equals("message")) {
          said(items, Json.text(item, "role"), item.path("content"));
        } else if (type.endsWith("_output")) {
          items.add(new Told(Json.text(item, "call_id"), Json.words(item.path("output"))));
        }
      }
    }
    return new SpokenRequest(
        Json.words(request.path("instructions")),
        items,
        tools,
        Json.text(request, "previous_response_id"));
  }

  private static SpokenRequest chat(JsonNode request) {
    List<Item> items = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      String role = Json.text(message, "role");
      if (role.equals("tool")) {
        items.add(
            new Told(Json.text(message, "tool_call_id"), Json.words(message.path("content"))));
      } else {
        said(items, role, message.path("content"));
      }
    }
    return new SpokenRequest("", items, !request.path("tools").isEmpty(), "");
  }

  private static SpokenRequest messages(JsonNode request) {
    List<Item> items = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      JsonNode content = message.path("content");
      if (!Json.text(message, "role").equals("user") || content.isString()) {
        said(items, Json.text(message, "role"), content);
        continue;
      }
      // Results come before words in a message, and every block is one thing said.
      for (JsonNode block : content) {
        if (Json.text(block, "type").equals("tool_result")) {
          items.add(new Told(Json.text(block, "tool_use_id"), Json.words(block.path("content"))));
        } else {
          items.add(new Said(false, blockText(block)));
        }
      }
    }
    return new SpokenRequest(
        Json.words(request.path("system")), items, !request.path("tools").isEmpty(), "");
  }

  /**
   * Results are told by the ids of their calls and, as these may be the agent's, by their place.
   */
  private static SpokenRequest gemini(JsonNode request) {
    List<Item> items = new ArrayList<>();
    int called = 0;
    int told = 0;
    for (JsonNode content : request.path("contents")) {
      boolean model = Json.text(content, "role").equals("model");
      for (JsonNode part : content.path("parts")) {
        JsonNode result = part.path("functionResponse");
        if (model) {
          called += part.has("functionCall") ? 1 : 0;
        } else if (result.isObject()) {
          String text = output(result.path("response"));
          items.add(new Told(Json.text(result, "id"), text));
          items.add(new Told(SpokenAnswer.place(told), text));
          told++;
        } else {
          items.add(new Said(false, Json.text(part, "text")));
        }
      }
    }
    return new SpokenRequest(
        Json.words(request.path("systemInstruction").path("parts")),
        items,
        !request.path("tools").isEmpty(),
        "",
        called);
  }

  private static String output(JsonNode response) {
    String output = Json.text(response, "output");
    String error = Json.text(response, "error");
    return !output.isEmpty() ? output : !error.isEmpty() ? error : Json.words(response);
  }

  private static String blockText(JsonNode block) {
    String text = Json.text(block, "text");
    return text.isEmpty() ? "[" + Texts.word(Json.text(block, "type")) + "]" : text;
  }

  private static void said(List<Item> items, String role, JsonNode content) {
    switch (role.toLowerCase(Locale.ROOT)) {
      case "assistant" -> {}
      case "system", "developer" -> items.add(new Said(true, Json.words(content)));
      default -> items.add(new Said(false, Json.words(content)));
    }
  }
}
