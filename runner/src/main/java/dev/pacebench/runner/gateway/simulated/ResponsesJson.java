package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.ArrayList;
import java.util.List;

/** The documents of OpenAI's Responses. */
final class ResponsesJson {

  private ResponsesJson() {}

  static String response(AnswerPlan call, String status) {
    boolean completed = status.equals("completed");
    List<String> output = new ArrayList<>();
    if (completed) {
      for (int i = 0; i < call.said().parts().size(); i++) {
        output.add(item(call, i, call.said().parts().get(i), true));
      }
    }
    String before = call.ask().continues();
    return new JsonText()
        .put("id", call.id())
        .put("object", "response")
        .put("created_at", AnswerPlan.CREATED)
        .put("status", status)
        .raw("error", "null")
        .raw("incomplete_details", "null")
        .raw("instructions", "null")
        .put("model", call.ask().model())
        .raw("output", "[" + String.join(",", output) + "]")
        .raw("parallel_tool_calls", "true")
        .raw("previous_response_id", before == null ? "null" : JsonText.quote(before))
        .put("service_tier", Served.tier(call.ask().tier()))
        .raw("store", "false")
        .put("tool_choice", "auto")
        .raw("tools", "[]")
        .raw("metadata", "{}")
        .raw("usage", completed ? usage(call.usage()) : "null")
        .end();
  }

  private static String usage(CallUsage usage) {
    return new JsonText()
        .put("input_tokens", usage.input())
        .raw(
            "input_tokens_details",
            new JsonText()
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", usage.cacheWrite())
                .end())
        .put("output_tokens", usage.output())
        .raw(
            "output_tokens_details",
            new JsonText().put("reasoning_tokens", usage.reasoning()).end())
        .put("total_tokens", usage.input() + usage.output())
        .end();
  }

  static String itemId(AnswerPlan call, int index, Part part) {
    return call.item(
        switch (part.kind()) {
          case REASONING -> "rs";
          case TEXT -> "msg";
          case TOOL_CALL -> "fc";
        },
        index);
  }

  static boolean isBuiltIn(Part part) {
    return part.call().isPresent() && part.toolCall().tool().builtIn();
  }

  /** An item of the output, as it is when it starts or when it is done. */
  static String item(AnswerPlan call, int index, Part part, boolean done) {
    JsonText item = new JsonText();
    item.put("id", itemId(call, index, part));
    String whole = done ? part.pieces().whole() : "";
    String status = done ? "completed" : "in_progress";
    switch (part.kind()) {
      case REASONING -> {
        item.put("type", "reasoning");
        item.raw("summary", whole.isEmpty() ? "[]" : "[" + summaryPart(whole) + "]");
        if (done && call.ask().encrypted()) {
          item.put("encrypted_content", "simulated" + call.digits());
        }
      }
      case TEXT ->
          item.put("type", "message")
              .put("status", status)
              .put("role", "assistant")
              .raw("content", done ? "[" + textPart(whole) + "]" : "[]");
      case TOOL_CALL -> toolCall(item, part, status, whole);
    }
    return item.end();
  }

  private static void toolCall(JsonText item, Part part, String status, String arguments) {
    Part.Call call = part.toolCall();
    item.put("type", call.tool().builtIn() ? "local_shell_call" : "function_call");
    item.put("status", status).put("call_id", call.id());
    if (call.tool().builtIn()) {
      item.raw(
          "action",
          new JsonText()
              .put("type", "exec")
              .raw("command", ShellTool.commandLine(call.command()))
              .raw("env", "{}")
              .end());
      return;
    }
    item.put("name", call.tool().name()).put("arguments", arguments);
    String namespace = call.tool().namespace();
    if (namespace != null) {
      item.put("namespace", namespace);
    }
  }

  static String textPart(String text) {
    return new JsonText()
        .put("type", "output_text")
        .raw("annotations", "[]")
        .put("text", text)
        .end();
  }

  static String summaryPart(String text) {
    return new JsonText().put("type", "summary_text").put("text", text).end();
  }

  /** What a server says of its own work, as planned. */
  static String timing(Pace pace, long tokens) {
    String metrics =
        new JsonText()
            .put(
                "responses_duration_excl_engine_and_client_tool_time_ms",
                pace.opening() / 1_000_000)
            .put("engine_service_total_ms", (pace.due(tokens) - pace.opening()) / 1_000_000)
            .put("engine_service_ttft_total_ms", (pace.first() - pace.opening()) / 1_000_000)
            .end();
    return new JsonText()
        .put("type", "responsesapi.websocket_timing")
        .raw("timing_metrics", metrics)
        .end();
  }
}
