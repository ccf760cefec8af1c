package dev.pacebench.runner.agent.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutputTest {

  private final Output output =
      new Output(
          Output.Format.JSONL,
          List.of(new Rule(Map.of("type", "assistant", "message.content.type", "tool_use"))),
          List.of(new Rule(Map.of("message.content.type", "tool_result"))),
          List.of("message.content.tool_use_id", "message.content.id"),
          List.of(new Rule(Map.of("type", "result", "is_error", "true")), rule("type", "error")),
          List.of(rule("type", "result")));

  @Test
  void aListStandsForEachOfItsElements() {
    JsonNode line =
        json(
            """
            {"type": "assistant", "message": {"content": [
              {"type": "text", "text": "x"},
              {"type": "tool_use", "id": "a"},
              {"type": "tool_use", "id": "b"}]}}
            """);

    assertThat(output.startsTool(line)).isTrue();
    assertThat(output.endsTool(line)).isFalse();
    assertThat(output.toolIds(line)).containsExactly("a", "b");
  }

  @Test
  void theFirstPathThatALineHasNamesItsTools() {
    JsonNode line =
        json(
            """
            {"type": "user", "message": {"id": "m",
              "content": [{"type": "tool_result", "tool_use_id": "a"}]}}
            """);

    assertThat(output.startsTool(line)).isFalse();
    assertThat(output.endsTool(line)).isTrue();
    assertThat(output.toolIds(line)).containsExactly("a");
  }

  @Test
  void allFieldsOfOneRuleMustFitAndAnyRuleMay() {
    assertThat(output.failed(json("{\"type\": \"result\", \"is_error\": true}"))).isTrue();
    assertThat(output.failed(json("{\"type\": \"result\", \"is_error\": false}"))).isFalse();
    assertThat(output.failed(json("{\"type\": \"error\"}"))).isTrue();
    assertThat(output.finished(json("{\"type\": \"result\", \"is_error\": true}"))).isTrue();
  }

  @Test
  void linesOfOtherShapesMatchNothing() {
    for (String text : List.of("{}", "[]", "1", "null", "{\"type\": {\"type\": \"error\"}}")) {
      assertThat(output.failed(json(text))).as(text).isFalse();
      assertThat(output.startsTool(json(text))).as(text).isFalse();
      assertThat(output.toolIds(json(text))).as(text).isEmpty();
    }
  }

  private static Rule rule(String path, String value) {
    return new Rule(Map.of(path, value));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
