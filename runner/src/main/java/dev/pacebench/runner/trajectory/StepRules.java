package dev.pacebench.runner.trajectory;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The rules of one step of an ATIF document. */
final class StepRules {

  private static final Set<String> STEP =
      Set.of(
          "step_id",
          "timestamp",
          "source",
          "model_name",
          "reasoning_effort",
          "message",
          "reasoning_content",
          "tool_calls",
          "observation",
          "metrics",
          "is_copied_context",
          "extra");

  private static final List<String> AGENTS =
      List.of("model_name", "reasoning_effort", "reasoning_content", "tool_calls", "metrics");

  private static final Set<String> CALL = Set.of("tool_call_id", "function_name", "arguments");
  private static final Set<String> OBSERVATION = Set.of("results");
  private static final Set<String> RESULT =
      Set.of("source_call_id", "content", "subagent_trajectory_ref");
  private static final Set<String> REFERENCE = Set.of("session_id", "trajectory_path", "extra");
  private static final Set<String> METRICS =
      Set.of(
          "prompt_tokens",
          "completion_tokens",
          "cached_tokens",
          "cost_usd",
          "prompt_token_ids",
          "completion_token_ids",
          "logprobs",
          "extra");
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final AtifRules rules;
  private final String path;

  StepRules(AtifRules rules, String path) {
    this.rules = rules;
    this.path = path;
  }

  void check(JsonNode step, int number) {
    if (!rules.object(path, step, STEP)) {
      return;
    }
    JsonNode id = step.path("step_id");
    rules.check(
        id.isIntegralNumber() && id.asLong(0) == number,
        path + "/step_id",
        "is " + number + ": steps count from 1 without a gap");
    timestamp(step.path("timestamp"));
    String source = step.path("source").asString("");
    rules.check(
        Set.of("system", "user", "agent").contains(source),
        path + "/source",
        "is system, user or agent");
    if (step.has("message")) {
      content(path + "/message", step.path("message"));
    } else {
      rules.broken(path + "/message", "is required");
    }
    for (String name : AGENTS) {
      rules.check(
          source.equals("agent") || AtifRules.absent(step.path(name)),
          path + "/" + name,
          "stands in steps of an agent only");
    }
    rules.mayText(path, step, "model_name");
    rules.mayText(path, step, "reasoning_content");
    rules.mayObject(path, step, "extra");
    JsonNode effort = step.path("reasoning_effort");
    rules.check(
        AtifRules.absent(effort) || effort.isString() || effort.isNumber(),
        path + "/reasoning_effort",
        "is a text or a number");
    JsonNode copied = step.path("is_copied_context");
    rules.check(
        AtifRules.absent(copied) || copied.isBoolean(),
        path + "/is_copied_context",
        "is true or false");
    observation(step.path("observation"), calls(step.path("tool_calls")));
    metrics(step.path("metrics"));
  }

  private void timestamp(JsonNode value) {
    if (AtifRules.absent(value)) {
      return;
    }
    boolean valid = value.isString();
    if (valid) {
      try {
        DateTimeFormatter.ISO_DATE_TIME.parse(value.stringValue());
      } catch (DateTimeException e) {
        valid = false;
      }
    }
    rules.check(valid, path + "/timestamp", "is an ISO 8601 date and time");
  }

  private Set<String> calls(JsonNode calls) {
    Set<String> ids = new HashSet<>();
    String list = path + "/tool_calls";
    for (int i = 0; rules.array(list, calls) && i < calls.size(); i++) {
      String at = list + "/" + i;
      JsonNode call = calls.get(i);
      if (rules.object(at, call, CALL)) {
        rules.needText(at, call, "tool_call_id");
        rules.needText(at, call, "function_name");
        rules.check(call.path("arguments").isObject(), at + "/arguments", "is an object");
        rules.check(
            ids.add(call.path("tool_call_id").asString("")),
            at + "/tool_call_id",
            "is of one call of the step only");
      }
    }
    return ids;
  }

  private void observation(JsonNode observation, Set<String> ids) {
    String at = path + "/observation";
    if (AtifRules.absent(observation) || !rules.object(at, observation, OBSERVATION)) {
      return;
    }
    JsonNode results = observation.path("results");
    if (!results.isArray()) {
      rules.broken(at + "/results", "is a list, and required");
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      result(at + "/results/" + i, results.get(i), ids);
    }
  }

  private void result(String at, JsonNode result, Set<String> ids) {
    if (!rules.object(at, result, RESULT)) {
      return;
    }
    JsonNode source = result.path("source_call_id");
    rules.check(
        AtifRules.absent(source) || (source.isString() && ids.contains(source.stringValue())),
        at + "/source_call_id",
        "names a tool call of the same step");
    if (!AtifRules.absent(result.path("content"))) {
      content(at + "/content", result.path("content"));
    }
    JsonNode references = result.path("subagent_trajectory_ref");
    String list = at + "/subagent_trajectory_ref";
    for (int i = 0; rules.array(list, references) && i < references.size(); i++) {
      if (rules.object(list + "/" + i, references.get(i), REFERENCE)) {
        rules.needText(list + "/" + i, references.get(i), "session_id");
        rules.mayText(list + "/" + i, references.get(i), "trajectory_path");
        rules.mayObject(list + "/" + i, references.get(i), "extra");
      }
    }
  }

  private void metrics(JsonNode metrics) {
    String at = path + "/metrics";
    if (AtifRules.absent(metrics) || !rules.object(at, metrics, METRICS)) {
      return;
    }
    rules.count(at, metrics, "prompt_tokens");
    rules.count(at, metrics, "completion_tokens");
    rules.count(at, metrics, "cached_tokens");
    rules.cost(at, metrics, "cost_usd");
    rules.mayObject(at, metrics, "extra");
    JsonNode cached = metrics.path("cached_tokens");
    JsonNode prompt = metrics.path("prompt_tokens");
    rules.check(
        !cached.isIntegralNumber()
            || !prompt.isIntegralNumber()
            || cached.asLong(0) <= prompt.asLong(0),
        at + "/cached_tokens",
        "is a part of prompt_tokens");
    numbers(at + "/prompt_token_ids", metrics.path("prompt_token_ids"), true);
    numbers(at + "/completion_token_ids", metrics.path("completion_token_ids"), true);
    numbers(at + "/logprobs", metrics.path("logprobs"), false);
  }

  private void numbers(String at, JsonNode list, boolean whole) {
    for (int i = 0; rules.array(at, list) && i < list.size(); i++) {
      JsonNode each = list.get(i);
      rules.check(
          whole ? each.isIntegralNumber() : each.isNumber(),
          at + "/" + i,
          whole ? "is a whole number" : "is a number");
    }
  }

  /** A text, or a list of parts. */
  private void content(String at, JsonNode content) {
    if (content.isString()) {
      return;
    }
    if (!content.isArray()) {
      rules.broken(at, "is a text or a list of parts");
      return;
    }
    for (int i = 0; i < content.size(); i++) {
      part(at + "/" + i, content.get(i));
    }
  }

  private void part(String at, JsonNode part) {
    String type = part.path("type").asString("");
    if (type.equals("text")) {
      rules.object(at, part, Set.of("type", "text"));
      rules.check(part.path("text").isString(), at + "/text", "is a text, and required");
    } else if (type.equals("image")) {
      rules.object(at, part, Set.of("type", "source"));
      JsonNode source = part.path("source");
      if (rules.object(at + "/source", source, Set.of("media_type", "path"))) {
        rules.check(
            IMAGES.contains(source.path("media_type").asString("")),
            at + "/source/media_type",
            "is a known kind of image");
        rules.needText(at + "/source", source, "path");
      }
    } else {
      rules.broken(at + "/type", "is text or image");
    }
  }
}
