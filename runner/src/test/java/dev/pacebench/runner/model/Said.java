package dev.pacebench.runner.model;

import java.util.ArrayList;
import java.util.List;

/** Events of answers as providers send them, made small. */
public final class Said {

  private static final String USAGE =
      "{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":40},"
          + "\"output_tokens\":20,\"output_tokens_details\":{\"reasoning_tokens\":5}}";

  private Said() {}

  /** Completes a response of the Responses protocol. */
  public static String completed(String id) {
    return "{\"type\":\"response.completed\",\"response\":{\"id\":\""
        + id
        + "\",\"status\":\"completed\",\"usage\":"
        + USAGE
        + "}}";
  }

  public static String incomplete(String reason) {
    return "{\"type\":\"response.incomplete\",\"response\":{\"id\":\"resp_x\","
        + "\"incomplete_details\":{\"reason\":\""
        + reason
        + "\"},\"usage\":"
        + USAGE
        + "}}";
  }

  public static String item(String item) {
    return "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item + "}";
  }

  public static String message(String text) {
    return item(
        "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"content\":"
            + "[{\"type\":\"output_text\",\"text\":\""
            + text
            + "\"}]}");
  }

  public static String reasoning(String sealed) {
    return item(
        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\","
            + "\"text\":\"thinking\"}],\"encrypted_content\":\""
            + sealed
            + "\"}");
  }

  /** A call whose arguments are JSON text that still has to be quoted. */
  public static String call(String id, String name, String arguments) {
    return item(
        "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\""
            + id
            + "\",\"name\":\""
            + name
            + "\",\"arguments\":\""
            + arguments.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\",\"status\":\"completed\"}");
  }

  /** A whole answer of the Responses protocol with shell commands, each a call of its own. */
  public static String[] runs(String id, String... commands) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < commands.length; i++) {
      events.add(call(id + "_" + i, "shell", "{\"command\":\"" + commands[i] + "\"}"));
    }
    events.add(completed("resp_" + id));
    return events.toArray(new String[0]);
  }

  /** A whole answer of the Responses protocol that says something. */
  public static String[] says(String text) {
    return new String[] {
      "{\"type\":\"response.created\",\"response\":{}}",
      "{\"type\":\"response.output_text.delta\",\"delta\":\"" + text + "\"}",
      message(text),
      completed("resp_" + text)
    };
  }
}
