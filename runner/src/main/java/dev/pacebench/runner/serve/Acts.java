package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.page.trial.Act;
import dev.pacebench.leaderboard.page.trial.Act.Command;
import dev.pacebench.leaderboard.page.trial.Act.Step;
import dev.pacebench.runner.trajectory.ToolTexts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells trajectories as a page shows them.
 *
 * <p>Any JSON at all gives something, for files of evidence can be torn or made up.
 */
final class Acts {

  private static final int MOST_STEPS = 5_000;

  private Acts() {}

  /** One trajectory. */
  static Act of(String name, JsonNode trajectory) {
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : trajectory.path("steps")) {
      if (steps.size() == MOST_STEPS) {
        break;
      }
      steps.add(step(step));
    }
    JsonNode extra = trajectory.path("extra");
    for (JsonNode talk : extra.path("side_talks")) {
      steps.add(beside(talk));
    }
    boolean deadline = extra.path("deadline_ms").isNumber();
    return new Act(
        name,
        seconds(extra.path("phase_ms")),
        deadline ? "deadline" : text(extra, "ended"),
        steps,
        text(trajectory, "notes").lines().toList());
  }

  private static Step step(JsonNode step) {
    JsonNode extra = step.path("extra");
    JsonNode metrics = step.path("metrics");
    List<Command> commands = new ArrayList<>();
    int number = 0;
    for (JsonNode call : step.path("tool_calls")) {
      commands.add(command(call, extra.path("tools").path(number++), step.path("observation")));
    }
    List<String> notes = new ArrayList<>();
    extra.path("notes").forEach(note -> notes.add(note.asString("")));
    return new Step(
        text(step, "source"),
        seconds(extra.path("began_ms")),
        seconds(extra.path("model_ms")),
        seconds(extra.path("tool_ms")),
        seconds(metrics.path("extra").path("wait_ms")),
        whole(metrics.path("completion_tokens")),
        text(step, "message"),
        text(step, "reasoning_content"),
        text(step, "source").equals("agent") ? ended(metrics.path("extra")) : "",
        commands,
        notes);
  }

  /** An answer that did not come to its end says how it ended instead. */
  private static String ended(JsonNode extra) {
    String end = text(extra, "end");
    int attempts = extra.path("attempts").asInt(1);
    String tries = attempts > 1 ? " (" + attempts + " attempts)" : "";
    if (end.isEmpty() || end.equals("completed")) {
      return attempts > 1 ? "given at the last of" + tries : "";
    }
    String status = extra.path("status").asInt(0) >= 400 ? " " + extra.path("status").asInt(0) : "";
    return switch (end) {
          case "phase_over" -> "cut off when the phase ended";
          case "abandoned" -> "given up by the agent";
          default -> (end + status + " " + text(extra, "error")).strip();
        }
        + tries;
  }

  private static Command command(JsonNode call, JsonNode tool, JsonNode observation) {
    JsonNode arguments = call.path("arguments");
    String shell = ToolTexts.command(arguments).orElse("");
    String id = text(call, "tool_call_id");
    String output = null;
    for (JsonNode each : observation.path("results")) {
      if (text(each, "source_call_id").equals(id)) {
        output = text(each, "content");
      }
    }
    return new Command(
        text(call, "function_name"),
        shell.isEmpty() ? arguments.toString() : shell,
        !shell.isEmpty(),
        tool.path("exit_code").isInt() ? Integer.valueOf(tool.path("exit_code").asInt()) : null,
        seconds(tool.path("took_ms")),
        output);
  }

  private static Step beside(JsonNode talk) {
    int calls = talk.path("calls").asInt(0);
    return new Step(
        "beside",
        seconds(talk.path("began_ms")),
        null,
        null,
        null,
        whole(talk.path("completion_tokens")),
        text(talk, "said"),
        "",
        "",
        List.of(),
        List.of(
            text(talk, "kind").replace('_', ' ')
                + ", "
                + calls
                + (calls == 1 ? " call" : " calls")));
  }

  private static @Nullable Double seconds(JsonNode millis) {
    return millis.isNumber() ? Double.valueOf(millis.doubleValue() / 1e3) : null;
  }

  private static @Nullable Long whole(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong()
        ? Long.valueOf(number.longValue())
        : null;
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? value.stringValue() : "";
  }
}
