package dev.pacebench.runner.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every rule of the format: a good document keeps it, one bad document breaks it and no other. */
class AtifRulesTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String GOOD =
      """
      {"schema_version": "ATIF-v1.6", "session_id": "s",
       "agent": {"name": "a", "version": "1", "model_name": "m", "tool_definitions": [{}], "extra": {}},
       "steps": [
         {"step_id": 1, "timestamp": "2026-11-21T08:00:00.5Z", "source": "system", "message": "rules"},
         {"step_id": 2, "timestamp": "2026-11-21T08:00:00+01:00", "source": "user",
          "message": [{"type": "text", "text": "look"},
                      {"type": "image", "source": {"media_type": "image/png", "path": "p.png"}}],
          "is_copied_context": false, "extra": {"k": 1}},
         {"step_id": 3, "source": "agent", "message": "", "model_name": "m", "reasoning_effort": "low",
          "reasoning_content": "hm",
          "tool_calls": [{"tool_call_id": "c1", "function_name": "shell", "arguments": {"command": "ls"}}],
          "observation": {"results": [
            {"source_call_id": "c1", "content": "out"}, {"source_call_id": null, "content": null},
            {"subagent_trajectory_ref": [{"session_id": "t", "trajectory_path": "t.json"}]}]},
          "metrics": {"prompt_tokens": 10, "completion_tokens": 5, "cached_tokens": 10, "cost_usd": 0.1,
            "prompt_token_ids": [1], "completion_token_ids": [2], "logprobs": [-0.5], "extra": {}}}],
       "notes": "n", "continued_trajectory_ref": "next.json",
       "final_metrics": {"total_prompt_tokens": 10, "total_completion_tokens": 5,
         "total_cached_tokens": 0, "total_cost_usd": 0.1, "total_steps": 3, "extra": {}},
       "extra": {}}
      """;

  @Test
  void aDocumentThatUsesEverythingKeepsAllRules() {
    assertThat(AtifRules.check(JSON.readTree(GOOD))).isEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/schema_version | \"ATIF-v1.9\" | /schema_version",
        "/session_id | \" \" | /session_id",
        "/session_id | - | /session_id",
        "/agent | - | /agent",
        "/agent/name | - | /agent/name",
        "/agent/version | 1 | /agent/version",
        "/agent/model_name | 1 | /agent/model_name",
        "/agent/tool_definitions | {} | /agent/tool_definitions",
        "/agent/tool_definitions/0 | 1 | /agent/tool_definitions/0",
        "/agent/extra | 1 | /agent/extra",
        "/agent/vendor | 1 | /agent/vendor",
        "/vendor | 1 | /vendor",
        "/trajectory_id | \"t\" | /trajectory_id",
        "/notes | 1 | /notes",
        "/continued_trajectory_ref | 1 | /continued_trajectory_ref",
        "/extra | [] | /extra",
        "/steps | [] | /steps",
        "/steps/0 | 1 | /steps/0",
        "/steps/1/step_id | 1 | /steps/1/step_id",
        "/steps/1/step_id | 4 | /steps/1/step_id",
        "/steps/1/step_id | 2.0 | /steps/1/step_id",
        "/steps/0/timestamp | \"yesterday\" | /steps/0/timestamp",
        "/steps/0/timestamp | 5 | /steps/0/timestamp",
        "/steps/0/source | \"tool\" | /steps/0/source",
        "/steps/0/message | - | /steps/0/message",
        "/steps/0/message | 1 | /steps/0/message",
        "/steps/0/model_name | \"m\" | /steps/0/model_name",
        "/steps/0/reasoning_effort | \"low\" | /steps/0/reasoning_effort",
        "/steps/0/reasoning_content | \"hm\" | /steps/0/reasoning_content",
        "/steps/0/tool_calls | [] | /steps/0/tool_calls",
        "/steps/0/metrics | {} | /steps/0/metrics",
        "/steps/0/duration | 5 | /steps/0/duration",
        "/steps/0/extra | 5 | /steps/0/extra",
        "/steps/1/is_copied_context | \"no\" | /steps/1/is_copied_context",
        "/steps/1/message/0/type | \"video\" | /steps/1/message/0/type",
        "/steps/1/message/0/text | - | /steps/1/message/0/text",
        "/steps/1/message/0/source | {} | /steps/1/message/0/source",
        "/steps/1/message/1/source | - | /steps/1/message/1/source",
        "/steps/1/message/1/source/media_type | \"image/tiff\" | /steps/1/message/1/source/media_type",
        "/steps/1/message/1/source/path | - | /steps/1/message/1/source/path",
        "/steps/2/reasoning_effort | [] | /steps/2/reasoning_effort",
        "/steps/2/tool_calls/0/function_name | - | /steps/2/tool_calls/0/function_name",
        "/steps/2/tool_calls/0/arguments | \"ls\" | /steps/2/tool_calls/0/arguments",
        "/steps/2/tool_calls/0/extra | {} | /steps/2/tool_calls/0/extra",
        "/steps/2/observation/results | - | /steps/2/observation/results",
        "/steps/2/observation/more | 1 | /steps/2/observation/more",
        "/steps/2/observation/results/0/source_call_id | \"c2\" | /steps/2/observation/results/0/source_call_id",
        "/steps/2/observation/results/0/content | 1 | /steps/2/observation/results/0/content",
        "/steps/2/observation/results/0/extra | {} | /steps/2/observation/results/0/extra",
        "/steps/2/observation/results/2/subagent_trajectory_ref/0/session_id | - | /steps/2/observation/results/2/subagent_trajectory_ref/0/session_id",
        "/steps/2/observation/results/2/subagent_trajectory_ref/0/trajectory_id | \"t\" | /steps/2/observation/results/2/subagent_trajectory_ref/0/trajectory_id",
        "/steps/2/metrics/prompt_tokens | 10.5 | /steps/2/metrics/prompt_tokens",
        "/steps/2/metrics/completion_tokens | -1 | /steps/2/metrics/completion_tokens",
        "/steps/2/metrics/cached_tokens | 11 | /steps/2/metrics/cached_tokens",
        "/steps/2/metrics/cost_usd | -0.1 | /steps/2/metrics/cost_usd",
        "/steps/2/metrics/prompt_token_ids | [0.5] | /steps/2/metrics/prompt_token_ids/0",
        "/steps/2/metrics/completion_token_ids | 5 | /steps/2/metrics/completion_token_ids",
        "/steps/2/metrics/logprobs | [\"x\"] | /steps/2/metrics/logprobs/0",
        "/steps/2/metrics/ttft_ms | 5 | /steps/2/metrics/ttft_ms",
        "/steps/2/metrics/extra | 5 | /steps/2/metrics/extra",
        "/final_metrics/total_steps | 2 | /final_metrics/total_steps",
        "/final_metrics/total_prompt_tokens | -1 | /final_metrics/total_prompt_tokens",
        "/final_metrics/total_cost_usd | \"1\" | /final_metrics/total_cost_usd",
        "/final_metrics/total_minutes | 1 | /final_metrics/total_minutes",
      })
  void oneBadValueBreaksOneRule(String path, String value, String where) {
    JsonNode document = changed(path, value);

    assertThat(AtifRules.check(document))
        .extracting(AtifRules.Violation::path)
        .containsExactly(where);
  }

  @Test
  void anIdThatTwoCallsShareIsFound() {
    ObjectNode document = (ObjectNode) JSON.readTree(GOOD);
    ArrayNode calls = (ArrayNode) document.at("/steps/2/tool_calls");
    calls.add(calls.get(0).deepCopy());

    assertThat(AtifRules.check(document))
        .extracting(AtifRules.Violation::path)
        .containsExactly("/steps/2/tool_calls/1/tool_call_id");
  }

  @Test
  void whatIsNoObjectIsRefusedAndManyFaultsAreBounded() {
    assertThat(AtifRules.check(JSON.readTree("[]"))).hasSize(1);
    ObjectNode document = (ObjectNode) JSON.readTree(GOOD);
    ArrayNode steps = document.putArray("steps");
    for (int i = 0; i < 1000; i++) {
      steps.add(i);
    }
    assertThat(AtifRules.check(document)).hasSize(100);
  }

  private static JsonNode changed(String path, String value) {
    JsonNode document = JSON.readTree(GOOD);
    int end = path.lastIndexOf('/');
    JsonNode parent = document.at(path.substring(0, end));
    String name = path.substring(end + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), JSON.readTree(value));
    } else if (value.equals("-")) {
      ((ObjectNode) parent).remove(name);
    } else {
      ((ObjectNode) parent).set(name, JSON.readTree(value));
    }
    return document;
  }
}
