package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a trajectory looks on a terminal. */
class StepTimelineTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String STEP =
      """
      {"source": "agent", "message": "I look.\\nClosely.", "reasoning_content": "Hm.",
       "tool_calls": [
         {"tool_call_id": "a", "function_name": "shell", "arguments": {"command": "ls -la\\npwd"}},
         {"tool_call_id": "b", "function_name": "edit", "arguments": {"path": "x"}}],
       "observation": {"results": [{"source_call_id": "a",
         "content": "exit code: 2\\none\\ntwo\\n\\nthree\\n[time left: 5 s]"}]},
       "metrics": {"completion_tokens": 25, "extra": {"end": "completed", "attempts": 1, "wait_ms": 1500}},
       "extra": {"began_ms": 1234, "model_ms": 500, "tool_ms": 70,
         "tools": [{"id": "a", "took_ms": 7, "exit_code": 2}, {"id": "b", "came_back": false}]}}
      """;

  @Test
  void aStepSaysWhenHowLongWhatWasRunAndWhatCameBack() {
    assertThat(shown(trajectory(STEP, "{\"phase_ms\": 3000, \"ended\": \"finished\"}"), false))
        .containsExactly(
            "  steps      seconds from the start of the agent phase",
            "     start   model   tools    wait tokens  what",
            "      1.23    0.50    0.07    1.50     25  says: I look. (+1 lines)",
            "                                           $ ls -la (+1 lines)",
            "                                             = exit 2 in 0.007 s: one /1 more/ three",
            "                                           > edit {\"path\":\"x\"}",
            "                                             = nothing came back",
            "      3.00                                 ended: finished");
  }

  @Test
  void theDeadlineIsSeen() {
    String cut =
        """
        {"source": "agent", "message": "Half a wo",
         "metrics": {"extra": {"end": "phase_over", "attempts": 2}}, "extra": {"began_ms": 1000}}
        """;
    assertThat(
            shown(
                trajectory(
                    cut, "{\"phase_ms\": 2000, \"deadline_ms\": 2000, \"ended\": \"deadline\"}"),
                false))
        .anyMatch(line -> line.contains("answer cut off when the phase ended (2 attempts)"))
        .anyMatch(line -> line.contains("says: Half a wo"))
        .last()
        .asString()
        .contains("2.00", "the deadline");
  }

  @Test
  void fullCutsNothing() {
    String text = String.join("\n", shown(trajectory(STEP, "{}"), true));
    assertThat(text).contains("thinks: Hm.", "Closely.", "pwd", "| two", "| [time left: 5 s]");
  }

  @Test
  void hostileTextReachesNoTerminalAndEveryLineFits() {
    String bad = "\\u001b[2J\\u0007\\u202e\\tx\\u0000漢字".repeat(200);
    String hostile =
        """
        {"source": "agent", "message": "%1$s", "model_name": "%1$s",
         "tool_calls": [{"tool_call_id": "%1$s", "function_name": "%1$s", "arguments": {"command": "%1$s\\n%1$s"}},
                        {"tool_call_id": "c", "function_name": "%1$s", "arguments": {"%1$s": "%1$s"}}],
         "observation": {"results": [{"source_call_id": "%1$s", "content": "%1$s\\n%1$s\\n%1$s"}]},
         "metrics": {"completion_tokens": 5, "extra": {"end": "%1$s", "error": "%1$s", "attempts": 3}},
         "extra": {"began_ms": 1e12, "notes": ["%1$s"], "tools": "%1$s"}}
        """
            .formatted(bad);
    String extra =
        "{\"ended\": \"%1$s\", \"side_talks\": [{\"kind\": \"%1$s\", \"said\": \"%1$s\", \"calls\": 3}]}"
            .formatted(bad);
    for (boolean full : List.of(false, true)) {
      List<String> lines = shown(trajectory(hostile, extra), full);
      assertThat(String.join("", lines)).doesNotContain("\u001b", "\u0007", "\u202e", "\u0000");
      if (!full) {
        assertThat(lines).allMatch(line -> SafeText.width(line) <= 104);
        assertThat(lines.stream().filter(line -> SafeText.width(line) > 100)).hasSizeLessThan(6);
      }
    }
  }

  @Test
  void nonsenseIsNoFailure() {
    for (String text : List.of("[]", "5", "{\"steps\": 5}", "{\"steps\": [5, [], {}, null]}")) {
      assertThat(shown(JSON.readTree(text), false)).isNotEmpty();
    }
  }

  private static JsonNode trajectory(String step, String extra) {
    return JSON.readTree("{\"steps\": [" + step + "], \"extra\": " + extra + "}");
  }

  private static List<String> shown(JsonNode trajectory, boolean full) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new StepTimeline(new Cli(out, out, Map.of()), full).print(trajectory);
    return bytes.toString(StandardCharsets.UTF_8).lines().map(String::stripTrailing).toList();
  }
}
