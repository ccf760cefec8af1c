package dev.pacebench.runner.cli;

import dev.pacebench.runner.trajectory.ToolTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Prints a trajectory as steps in time: when, how long, what was run, what came back.
 *
 * <p>All texts in it were written by models and programs; they pass {@link Cli#safe}.
 */
final class StepTimeline {

  private static final String ROW = "  %8s %7s %7s %7s %6s  ";
  private static final int MARGIN = String.format(Locale.ROOT, ROW, "", "", "", "", "").length();
  private static final int WIDTH = 99 - MARGIN;
  private static final int FULL = 100_000;

  private final Cli cli;
  private final boolean full;

  StepTimeline(Cli cli, boolean full) {
    this.cli = cli;
    this.full = full;
  }

  void print(JsonNode trajectory) {
    cli.line("  steps      seconds from the start of the agent phase");
    cli.line(row("start", "model", "tools", "wait", "tokens") + "what");
    for (JsonNode step : trajectory.path("steps")) {
      step(step);
    }
    end(trajectory.path("extra"));
    for (JsonNode talk : trajectory.path("extra").path("side_talks")) {
      side(talk);
    }
    String notes = text(trajectory, "notes");
    if (!notes.isEmpty()) {
      notes
          .lines()
          .forEach(note -> cli.line(row("", "", "", "", "") + "note: " + one(note, WIDTH - 6)));
    }
  }

  private void step(JsonNode step) {
    JsonNode extra = step.path("extra");
    JsonNode metrics = step.path("metrics");
    String source = text(step, "source");
    boolean agent = source.equals("agent");
    String front =
        row(
            seconds(extra.path("began_ms"), 2),
            seconds(extra.path("model_ms"), 2),
            seconds(extra.path("tool_ms"), 2),
            positive(metrics.path("extra").path("wait_ms")),
            metrics.path("completion_tokens").isIntegralNumber()
                ? metrics.path("completion_tokens").asString("")
                : "");
    List<String> lines = new ArrayList<>();
    if (agent) {
      ended(metrics.path("extra")).ifPresent(lines::add);
      String reasoning = text(step, "reasoning_content");
      if (full && !reasoning.isBlank()) {
        lines.addAll(all("thinks: ", reasoning));
      }
    }
    boolean modelled = extra.path("asked_model").asBoolean(true);
    String label =
        agent ? modelled ? "says: " : "printed: " : source.equals("user") ? "told: " : "rules: ";
    String message = text(step, "message");
    boolean alone = step.path("tool_calls").isEmpty() && lines.isEmpty();
    if (!message.isBlank() || alone) {
      lines.addAll(all(label, message.isBlank() ? "nothing" : message));
    }
    int number = 0;
    for (JsonNode call : step.path("tool_calls")) {
      call(call, extra.path("tools").path(number++), step.path("observation"), lines);
    }
    for (JsonNode note : extra.path("notes")) {
      lines.add("note: " + one(note.asString(""), WIDTH - 6));
    }
    String margin = front;
    for (String line : lines) {
      cli.line(margin + (full ? line : Cli.safe(line, WIDTH)));
      margin = " ".repeat(MARGIN);
    }
  }

  /** An answer that did not come to its end says how it ended instead. */
  private static Optional<String> ended(JsonNode extra) {
    String end = text(extra, "end");
    int attempts = extra.path("attempts").asInt(1);
    String tries = attempts > 1 ? " (" + attempts + " attempts)" : "";
    if (end.isEmpty() || end.equals("completed")) {
      return attempts > 1 ? Optional.of("answered at the last of" + tries) : Optional.empty();
    }
    String status = extra.path("status").asInt(0) >= 400 ? " " + extra.path("status") : "";
    String why =
        switch (end) {
          case "phase_over" -> "cut off when the phase ended";
          case "abandoned" -> "given up by the agent";
          default -> Cli.safe(end, 20) + status + " " + Cli.safe(text(extra, "error"), 30);
        };
    return Optional.of("answer " + why.strip() + tries);
  }

  private void call(JsonNode call, JsonNode tool, JsonNode observation, List<String> lines) {
    JsonNode arguments = call.path("arguments");
    Optional<String> command = ToolTexts.command(arguments);
    String name = text(call, "function_name");
    lines.addAll(
        command.isPresent() ? all("$ ", command.get()) : all("> ", name + " " + arguments));
    String result = "";
    boolean back = false;
    for (JsonNode each : observation.path("results")) {
      if (text(each, "source_call_id").equals(text(call, "tool_call_id"))) {
        result = text(each, "content");
        back = true;
      }
    }
    String code = tool.path("exit_code").isInt() ? tool.path("exit_code").asString("") : "";
    String took = seconds(tool.path("took_ms"), 3);
    String head =
        (code.isEmpty() ? "" : "exit " + code) + (took.isEmpty() ? "" : " in " + took + " s");
    if (!back) {
      lines.add("  = nothing came back" + (head.isBlank() ? "" : "; " + head.strip()));
    } else if (full) {
      lines.add("  = " + head.strip());
      result.lines().forEach(line -> lines.add("  | " + one(line, FULL)));
    } else {
      lines.add("  = " + ends(head.strip(), output(result)));
    }
  }

  /** First and last line of an output beside how it ended. */
  private static String ends(String head, List<String> output) {
    String start = head.isEmpty() ? "" : head + ": ";
    int room = WIDTH - 4 - start.length();
    if (output.isEmpty()) {
      return head.isEmpty() ? "nothing" : head;
    }
    if (output.size() == 1) {
      return start + one(output.get(0), room);
    }
    String between = output.size() == 2 ? " / " : " /" + (output.size() - 2) + " more/ ";
    int half = Math.max(8, (room - between.length()) / 2);
    return start + one(output.get(0), half) + between + one(output.get(output.size() - 1), half);
  }

  /** What a command printed, without the agent's own words about it. */
  private static List<String> output(String result) {
    List<String> lines = new ArrayList<>(result.lines().filter(line -> !line.isBlank()).toList());
    if (!lines.isEmpty() && ToolTexts.exitCode(lines.get(0)).isPresent()) {
      lines.remove(0);
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).matches("\\[(?:time|steps) left.*]")) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private void end(JsonNode extra) {
    boolean deadline = extra.path("deadline_ms").isNumber();
    String what =
        deadline
            ? "==== the deadline ===="
            : "ended: " + Cli.safe(text(extra, "ended").replace('_', ' '), 30);
    cli.line(row(seconds(extra.path("phase_ms"), 2), "", "", "", "") + what);
  }

  private void side(JsonNode talk) {
    String kind = text(talk, "kind").replace('_', ' ');
    int calls = talk.path("calls").asInt(0);
    String what =
        "beside: " + Cli.safe(kind, 20) + ", " + calls + (calls == 1 ? " call" : " calls");
    String said = text(talk, "said");
    cli.line(
        row(
                seconds(talk.path("began_ms"), 2),
                "",
                "",
                "",
                talk.path("completion_tokens").asString(""))
            + what
            + (said.isBlank() ? "" : ": " + one(said, Math.max(8, WIDTH - what.length() - 2))));
  }

  /** A text under a label: its first line, or all of it. */
  private List<String> all(String label, String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return List.of(label.strip());
    }
    if (!full) {
      String more = lines.size() > 1 ? " (+" + (lines.size() - 1) + " lines)" : "";
      int room = WIDTH - label.length() - more.length();
      return List.of(label + one(lines.get(0), room) + more);
    }
    List<String> shown = new ArrayList<>();
    for (String line : lines) {
      shown.add((shown.isEmpty() ? label : " ".repeat(label.length())) + one(line, FULL));
    }
    return shown;
  }

  private static String one(String line, int columns) {
    String plain = line.replace("\t", "  ");
    return Cli.safe(columns == FULL ? plain.stripTrailing() : plain.strip(), columns);
  }

  private static String row(String start, String model, String tool, String wait, String tokens) {
    return String.format(Locale.ROOT, ROW, start, model, tool, wait, tokens);
  }

  private static String seconds(JsonNode millis, int digits) {
    return millis.isNumber()
        ? String.format(Locale.ROOT, "%." + digits + "f", millis.doubleValue() / 1e3)
        : "";
  }

  /** Most calls wait for nothing, which need not be said. */
  private static String positive(JsonNode millis) {
    return millis.isNumber() && millis.doubleValue() >= 5 ? seconds(millis, 2) : "";
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? value.stringValue() : "";
  }
}
