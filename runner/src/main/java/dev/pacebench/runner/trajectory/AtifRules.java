package dev.pacebench.runner.trajectory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Holds a document against every rule of ATIF 1.6.
 *
 * <p>All that is wrong comes at once, up to a limit, each with its path.
 */
public final class AtifRules {

  private static final int MOST = 100;

  private static final Set<String> VERSIONS =
      Set.of(
          "ATIF-v1.0",
          "ATIF-v1.1",
          "ATIF-v1.2",
          "ATIF-v1.3",
          "ATIF-v1.4",
          "ATIF-v1.5",
          "ATIF-v1.6");

  private static final Set<String> ROOT =
      Set.of(
          "schema_version",
          "session_id",
          "agent",
          "steps",
          "notes",
          "final_metrics",
          "continued_trajectory_ref",
          "extra");

  private static final Set<String> AGENT =
      Set.of("name", "version", "model_name", "tool_definitions", "extra");

  private static final Set<String> TOTALS =
      Set.of(
          "total_prompt_tokens",
          "total_completion_tokens",
          "total_cached_tokens",
          "total_cost_usd",
          "total_steps",
          "extra");

  /**
   * Something that breaks a rule.
   *
   * @param path where, such as {@code /steps/3/tool_calls/0}
   * @param rule what should be
   */
  public record Violation(String path, String rule) {
    @Override
    public String toString() {
      return (path.isEmpty() ? "/" : path) + ": " + rule;
    }
  }

  private final List<Violation> found = new ArrayList<>();

  private AtifRules() {}

  /** Every rule that a document breaks; none when it is valid. */
  public static List<Violation> check(JsonNode document) {
    AtifRules rules = new AtifRules();
    rules.root(document);
    return List.copyOf(rules.found);
  }

  private void root(JsonNode root) {
    if (!object("", root, ROOT)) {
      return;
    }
    if (!VERSIONS.contains(root.path("schema_version").asString(""))) {
      broken("/schema_version", "is " + Trajectory.VERSION + " or an earlier version");
    }
    needText("", root, "session_id");
    JsonNode agent = root.path("agent");
    if (object("/agent", agent, AGENT)) {
      needText("/agent", agent, "name");
      needText("/agent", agent, "version");
      mayText("/agent", agent, "model_name");
      mayObject("/agent", agent, "extra");
      JsonNode tools = agent.path("tool_definitions");
      for (int i = 0; array("/agent/tool_definitions", tools) && i < tools.size(); i++) {
        check(tools.get(i).isObject(), "/agent/tool_definitions/" + i, "is an object");
      }
    }
    mayText("", root, "notes");
    mayText("", root, "continued_trajectory_ref");
    mayObject("", root, "extra");
    JsonNode steps = root.path("steps");
    if (!steps.isArray() || steps.isEmpty()) {
      broken("/steps", "is a list of at least one step");
      return;
    }
    for (int i = 0; i < steps.size() && found.size() < MOST; i++) {
      new StepRules(this, "/steps/" + i).check(steps.get(i), i + 1);
    }
    totals(root.path("final_metrics"), steps.size());
  }

  private void totals(JsonNode totals, int steps) {
    if (absent(totals) || !object("/final_metrics", totals, TOTALS)) {
      return;
    }
    for (String name : TOTALS) {
      if (name.equals("total_cost_usd")) {
        cost("/final_metrics", totals, name);
      } else if (name.startsWith("total_")) {
        count("/final_metrics", totals, name);
      }
    }
    mayObject("/final_metrics", totals, "extra");
    JsonNode stated = totals.path("total_steps");
    check(
        !stated.isIntegralNumber() || stated.asLong(-1) == steps,
        "/final_metrics/total_steps",
        "is the number of steps");
  }

  /** Whether it is an object; keys that are not known are wrong. */
  boolean object(String path, JsonNode node, Set<String> keys) {
    if (!node.isObject()) {
      broken(path, "is an object, and required");
      return false;
    }
    Set<String> unknown = new HashSet<>(node.propertyNames());
    unknown.removeAll(keys);
    unknown.stream()
        .sorted()
        .forEach(key -> broken(path + "/" + Texts.word(key), "is no key of the format"));
    return true;
  }

  /** Whether there is a list; something else in its place is wrong. */
  boolean array(String path, JsonNode node) {
    if (absent(node)) {
      return false;
    }
    check(node.isArray(), path, "is a list");
    return node.isArray();
  }

  void needText(String path, JsonNode node, String name) {
    JsonNode value = node.path(name);
    check(
        value.isString() && !value.stringValue().isBlank(),
        path + "/" + name,
        "is a text, and required");
  }

  void mayText(String path, JsonNode node, String name) {
    JsonNode value = node.path(name);
    check(absent(value) || value.isString(), path + "/" + name, "is a text");
  }

  void mayObject(String path, JsonNode node, String name) {
    JsonNode value = node.path(name);
    check(absent(value) || value.isObject(), path + "/" + name, "is an object");
  }

  void count(String path, JsonNode node, String name) {
    JsonNode value = node.path(name);
    boolean valid = value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
    check(absent(value) || valid, path + "/" + name, "is a whole number from 0 on");
  }

  void cost(String path, JsonNode node, String name) {
    JsonNode value = node.path(name);
    check(
        absent(value) || (value.isNumber() && value.doubleValue() >= 0),
        path + "/" + name,
        "is a number from 0 on");
  }

  void check(boolean holds, String path, String rule) {
    if (!holds) {
      broken(path, rule);
    }
  }

  void broken(String path, String rule) {
    if (found.size() < MOST) {
      found.add(new Violation(path, rule));
    }
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
