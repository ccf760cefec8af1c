package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.trajectory.AtifRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold of every trial in which an agent's own program solved its task. */
final class SolvedTrial {

  private SolvedTrial() {}

  /** Sees that every second is accounted for, and returns what the model had run. */
  static List<String> commands(AgentTrials trials, TrialRecord record, String transport)
      throws IOException {
    Path evidence = trials.evidence(record);
    assertThat(record.outcome())
        .as("%s\n%s", record.reason(), said(evidence))
        .isEqualTo(Outcome.SOLVED);
    assertThat(record.ended()).isEqualTo("finished");
    accounted(record);
    rows(evidence, transport);
    assertThat(record.figures().get("calls")).isGreaterThanOrEqualTo(2);
    assertThat(record.timeline().getOrDefault("tool_exec", 0.0))
        .as("%s", record.timeline())
        .isPositive();
    return told(evidence);
  }

  /** What the model had run, in order, as the trajectory tells. */
  private static List<String> told(Path evidence) throws IOException {
    JsonNode told =
        JsonMapper.shared().readTree(Files.readString(evidence.resolve("agent/trajectory.json")));
    assertThat(AtifRules.check(told)).isEmpty();
    List<String> commands = new ArrayList<>();
    for (JsonNode step : told.path("steps")) {
      for (JsonNode call : step.path("tool_calls")) {
        commands.add(call.path("function_name") + " " + call.path("arguments"));
      }
    }
    assertThat(commands).as("%s", told).isNotEmpty();
    return commands;
  }

  private static void accounted(TrialRecord record) {
    double sum = record.timeline().values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum).isCloseTo(record.wallSeconds(), within(1e-6));
    double unnamed = record.timeline().getOrDefault("agent_other", 0.0);
    assertThat(unnamed)
        .as("%s", record.timeline())
        .isLessThanOrEqualTo(0.01 * record.agentSeconds());
  }

  private static void rows(Path evidence, String transport) throws IOException {
    List<String> rows = Files.readAllLines(evidence.resolve("model-calls/calls.jsonl"));
    assertThat(rows).isNotEmpty();
    for (String row : rows) {
      JsonNode call = JsonMapper.shared().readTree(row);
      assertThat(call.path("answer").path("end").asString()).as(row).isEqualTo("completed");
      assertThat(call.path("transport").asString()).as(row).isIn(transport, "plain");
    }
  }

  private static String said(Path evidence) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(evidence.resolve("agent"))) {
      for (Path file : files.sorted().toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        text.append(file.getFileName()).append(":\n");
        text.append(content, 0, Math.min(3000, content.length())).append('\n');
      }
    }
    return text.toString();
  }
}
