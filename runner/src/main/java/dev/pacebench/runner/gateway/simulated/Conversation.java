package dev.pacebench.runner.gateway.simulated;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a request holds of its conversation; filled by one of the protocols' readers. */
final class Conversation {

  private final ArrayNode tools = JsonNodeFactory.instance.arrayNode();
  private final List<String> head = new ArrayList<>();
  private final List<String> items = new ArrayList<>();
  private final List<Turns.Step> steps = new ArrayList<>();
  private final StringBuilder instructions = new StringBuilder();
  private String firstUser = "";
  private String lastUser = "";

  private Conversation() {}

  static Conversation responses(JsonNode request) {
    Conversation read = new Conversation();
    read.tools(request.path("tools"));
    read.instructions(request.path("instructions"));
    JsonNode input = request.path("input");
    if (input.isString()) {
      read.items.add(input.toString());
      read.user(input);
    }
    for (JsonNode item : input) {
      read.items.add(item.toString());
      String type = AskReader.word(item, "type");
      if (type.equals("additional_tools")) {
        read.tools(item.path("tools"));
      } else if (type.isEmpty() || type.equals("message")) {
        read.message(AskReader.word(item, "role"), item.path("content"));
      } else if (type.endsWith("_call")) {
        read.steps.add(new Turns.Call(item.path("call_id").asString("")));
      } else if (type.endsWith("_output")) {
        read.steps.add(new Turns.Other());
      }
    }
    return read;
  }

  static Conversation chat(JsonNode request) {
    Conversation read = new Conversation();
    read.tools(request.path("tools"));
    for (JsonNode message : request.path("messages")) {
      read.items.add(message.toString());
      read.message(AskReader.word(message, "role"), message.path("content"));
      for (JsonNode call : message.path("tool_calls")) {
        read.steps.add(new Turns.Call(call.path("id").asString("")));
      }
    }
    return read;
  }

  static Conversation messages(JsonNode request) {
    Conversation read = new Conversation();
    read.tools(request.path("tools"));
    read.instructions(request.path("system"));
    for (JsonNode message : request.path("messages")) {
      read.items.add(message.toString());
      String role = AskReader.word(message, "role");
      read.message(role, message.path("content"));
      for (JsonNode block : message.path("content")) {
        if (AskReader.word(block, "type").equals("tool_use")) {
          read.steps.add(new Turns.Call(block.path("id").asString("")));
        }
      }
    }
    return read;
  }

  static Conversation gemini(JsonNode request) {
    Conversation read = new Conversation();
    for (JsonNode group : request.path("tools")) {
      for (JsonNode function : group.path("functionDeclarations")) {
        read.tools.add(plain(function));
      }
    }
    read.instructions(request.path("systemInstruction").path("parts"));
    for (JsonNode content : request.path("contents")) {
      read.items.add(content.toString());
      boolean model = AskReader.word(content, "role").equals("model");
      read.message(model ? "assistant" : "user", content.path("parts"));
      for (JsonNode part : content.path("parts")) {
        if (part.has("functionCall")) {
          read.steps.add(new Turns.Call(part.path("functionCall").path("id").asString("")));
        }
      }
    }
    return read;
  }

  /** Gemini has two names for what a function takes. */
  private static JsonNode plain(JsonNode function) {
    if (function instanceof ObjectNode object && function.has("parametersJsonSchema")) {
      ObjectNode plain = object.deepCopy();
      plain.set("parameters", plain.remove("parametersJsonSchema"));
      return plain;
    }
    return function;
  }

  private void tools(JsonNode offered) {
    offered.forEach(tools::add);
  }

  private void instructions(JsonNode content) {
    if (!content.isMissingNode() && !content.isNull()) {
      head.add(content.toString());
      instructions.append(words(content)).append('\n');
    }
  }

  private void message(String role, JsonNode content) {
    switch (role) {
      case "assistant" -> steps.add(new Turns.Assistant());
      case "system", "developer" -> instructions.append(words(content)).append('\n');
      // Its words are what a command printed, which may be anything.
      case "tool" -> steps.add(new Turns.Other());
      default -> user(content);
    }
  }

  private void user(JsonNode content) {
    String words = words(content);
    steps.add(new Turns.User(words));
    // Tool results come as user messages in one protocol; they ask for nothing.
    lastUser = words.isEmpty() ? lastUser : words;
    firstUser = firstUser.isEmpty() ? words : firstUser;
  }

  /** The text of a message, whichever way it is written. */
  private static String words(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    StringBuilder words = new StringBuilder();
    for (JsonNode part : content) {
      words.append(part.path("text").asString("")).append('\n');
    }
    return words.toString().strip();
  }

  ArrayNode tools() {
    return tools;
  }

  /** What comes before the conversation and is repeated with every request. */
  List<String> head() {
    return head;
  }

  List<String> items() {
    return items;
  }

  List<Turns.Step> steps() {
    return steps;
  }

  String instructions() {
    return instructions.toString();
  }

  String firstUser() {
    return firstUser;
  }

  String lastUser() {
    return lastUser;
  }

  boolean assistantSpoke() {
    return steps.stream()
        .anyMatch(step -> step instanceof Turns.Assistant || step instanceof Turns.Call);
  }
}
