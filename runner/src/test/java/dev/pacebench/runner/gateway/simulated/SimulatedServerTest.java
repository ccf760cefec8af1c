package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.simulated.SimulatedClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tests for {@link SimulatedServer} over HTTP. */
class SimulatedServerTest {

  static final String RESPONSES_TOOL =
      "{\"type\":\"function\",\"name\":\"shell\",\"parameters\":{\"type\":\"object\",\"properties\":"
          + "{\"command\":{\"type\":\"string\"}},\"required\":[\"command\"]}}";
  static final String CHAT_TOOL =
      "{\"type\":\"function\",\"function\":{\"name\":\"bash\",\"parameters\":{\"type\":\"object\","
          + "\"properties\":{\"command\":{\"type\":\"string\"}},\"required\":[\"command\"]}}}";
  static final String MESSAGES_TOOL =
      "{\"name\":\"Bash\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"command\":"
          + "{\"type\":\"string\"}},\"required\":[\"command\"]}}";

  private static SimulatedServer server;

  @BeforeAll
  static void start() {
    server = SimulatedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static SimulatedClient trial(String name, Play play) {
    return new SimulatedClient(server, server.register(name, play));
  }

  private static String responses(ArrayNode input, String more) {
    return "{\"model\":\"m\",\"stream\":true,\"tools\":[%s],\"input\":%s%s}"
        .formatted(RESPONSES_TOOL, input, more);
  }

  private static ArrayNode array(String json) {
    return (ArrayNode) SimulatedClient.JSON.readTree(json);
  }

  @Test
  void aScriptIsWorkedThroughOverResponses() throws Exception {
    SimulatedClient client = trial("work-responses", Plays.scripted());
    ArrayNode input = array("[{\"role\":\"user\",\"content\":\"fix\"}]");
    List<List<String>> commands = new ArrayList<>();
    String text = "";
    for (int turn = 0; turn < 3; turn++) {
      Reply reply = client.post("/responses", responses(input, ""));
      JsonNode done = reply.events("response.completed").get(0).path("response");
      List<String> turnCommands = new ArrayList<>();
      for (JsonNode item : done.path("output")) {
        input.add(item);
        if (item.path("type").asString().equals("function_call")) {
          String callId = item.path("call_id").asString();
          JsonNode arguments = SimulatedClient.JSON.readTree(item.path("arguments").asString());
          turnCommands.add(arguments.path("command").asString());
          assertThat(callId).startsWith("call_" + turn + "_");
          input.add(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("type", "function_call_output")
                  .put("call_id", callId)
                  .put("output", "ok"));
        } else if (item.path("type").asString().equals("message")) {
          text = item.path("content").path(0).path("text").asString();
        }
      }
      commands.add(turnCommands);
      assertThat(deltas(reply, "response.function_call_arguments.delta").isEmpty())
          .isEqualTo(turnCommands.isEmpty());
    }

    assertThat(commands).isEqualTo(Plays.WORK.turns().stream().map(Script.Turn::commands).toList());
    assertThat(text).isEqualTo("All done.");
  }

  private static String deltas(Reply reply, String type) {
    return reply.events(type).stream()
        .map(event -> event.path("delta").asString())
        .collect(Collectors.joining());
  }

  @Test
  void responsesEventsAreCompleteAndNumbered() throws Exception {
    SimulatedClient client = trial("events", Plays.scripted());

    Reply reply =
        client.post(
            "/responses",
            responses(
                array("[]"),
                ",\"service_tier\":\"fast\",\"include\":[\"reasoning.encrypted_content\"]"));

    List<JsonNode> events = reply.events();
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
    }
    assertThat(deltas(reply, "response.reasoning_summary_text.delta"))
        .isEqualTo("I look around first.");
    assertThat(deltas(reply, "response.output_text.delta")).isEqualTo("Looking.");
    JsonNode response = reply.events("response.completed").get(0).path("response");
    assertThat(response.path("usage").path("output_tokens").asInt()).isEqualTo(46);
    assertThat(
            response.path("usage").path("output_tokens_details").path("reasoning_tokens").asInt())
        .isEqualTo(6);
    assertThat(response.path("service_tier").asString()).isEqualTo("priority");
    assertThat(response.path("output").path(0).path("encrypted_content").asString()).isNotEmpty();
    assertThat(reply.headers().firstValue("content-type").orElse("")).startsWith("text/event");
    assertThat(reply.headers().firstValue("x-request-id")).isPresent();
  }

  @Test
  void aScriptIsWorkedThroughOverChatCompletions() throws Exception {
    SimulatedClient client = trial("work-chat", Plays.scripted());
    ArrayNode messages = array("[{\"role\":\"user\",\"content\":\"fix\"}]");
    String asks =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"tools\":[%s],\"messages\":%s}";

    Reply first = client.post("/chat/completions", asks.formatted(CHAT_TOOL, messages));
    StringBuilder second = new StringBuilder();
    String secondId = "";
    for (JsonNode event : first.events()) {
      for (JsonNode call : event.path("choices").path(0).path("delta").path("tool_calls")) {
        if (call.path("index").asInt() == 1) {
          secondId = call.path("id").asString(secondId);
          second.append(call.path("function").path("arguments").asString());
        }
      }
    }
    JsonNode usage = first.events().get(first.events().size() - 1);
    messages.add(
        SimulatedClient.JSON.readTree(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\""
                + secondId
                + "\"}]}"));
    messages.add(
        SimulatedClient.JSON.readTree(
            "{\"role\":\"tool\",\"tool_call_id\":\"" + secondId + "\",\"content\":\"ok\"}"));
    Reply next = client.post("/chat/completions", asks.formatted(CHAT_TOOL, messages));

    assertThat(second.toString()).isEqualTo("{\"command\":\"cat a.txt\"}");
    assertThat(first.body()).endsWith("data: [DONE]\n\n");
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.path("usage").path("completion_tokens").asInt()).isEqualTo(46);
    assertThat(first.body()).contains("\"finish_reason\":\"tool_calls\"");
    assertThat(chatText(first)).isEqualTo("Looking.");
    assertThat(chatText(next)).isEqualTo("Now the change.");
  }

  private static String chatText(Reply reply) {
    return reply.events().stream()
        .map(event -> event.path("choices").path(0).path("delta").path("content").asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void aChatStreamHasUsageOnlyWhenItWasAskedFor() throws Exception {
    SimulatedClient client = trial("chat-usage", Plays.scripted());

    Reply reply =
        client.post("/chat/completions", "{\"model\":\"m\",\"stream\":true,\"messages\":[]}");

    assertThat(reply.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
  }

  @Test
  void aScriptIsWorkedThroughOverMessages() throws Exception {
    SimulatedClient client = trial("work-messages", Plays.scripted());
    ArrayNode messages = array("[{\"role\":\"user\",\"content\":\"fix\"}]");
    String asks =
        "{\"model\":\"m\",\"max_tokens\":99,\"stream\":true,\"speed\":\"fast\",\"tools\":[%s],\"messages\":%s}";

    Reply first = client.post("/messages?beta=true", asks.formatted(MESSAGES_TOOL, messages));
    String arguments =
        first.events("content_block_delta").stream()
            .filter(event -> event.path("index").asInt() == 2)
            .map(event -> event.path("delta").path("partial_json").asString())
            .collect(Collectors.joining());
    JsonNode tool = first.events("content_block_start").get(2).path("content_block");
    JsonNode last = first.events("message_delta").get(0);
    messages.add(
        SimulatedClient.JSON.readTree(
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\""
                + tool.path("id").asString()
                + "\",\"name\":\"Bash\",\"input\":{}}]}"));
    messages.add(
        SimulatedClient.JSON.readTree(
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"x\",\"content\":\"ok\"}]}"));
    Reply next = client.post("/messages", asks.formatted(MESSAGES_TOOL, messages));

    assertThat(arguments).isEqualTo("{\"command\":\"ls -la\"}");
    assertThat(tool.path("id").asString()).startsWith("toolu_0_0_");
    assertThat(last.path("delta").path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(last.path("usage").path("output_tokens").asInt()).isEqualTo(46);
    assertThat(last.path("usage").path("speed").asString()).isEqualTo("fast");
    assertThat(first.events("message_stop")).hasSize(1);
    assertThat(next.body()).contains("toolu_1_0_");
  }

  @Test
  void onlyARegisteredTrialIsLetIn() throws Exception {
    SimulatedClient client = trial("gone", Plays.scripted());
    String body = "{\"model\":\"m\",\"input\":\"hi\"}";

    assertThat(client.post("/responses", body).status()).isEqualTo(200);
    server.unregister("gone");
    assertThat(client.post("/responses", body).status()).isEqualTo(401);
    assertThat(
            client
                .post("/messages", body, "x-api-key", "wrong")
                .json()
                .path("error")
                .path("type")
                .asString())
        .isEqualTo("authentication_error");
    assertThat(client.post("/responses", body, "x-other", "y").status()).isEqualTo(401);
    assertThat(client.post("/files", body).status()).isEqualTo(404);
  }

  @Test
  void oneNameIsOneTrial() {
    server.register("twice", Plays.scripted());

    assertThatThrownBy(() -> server.register("twice", Plays.scripted()))
        .hasMessageContaining("twice");
  }

  @Test
  void whatCannotBeReadIsRefusedInTheProtocolsOwnShape() throws Exception {
    SimulatedClient client = trial("bad", Plays.scripted());

    Reply broken = client.post("/responses", "{\"model\":");
    Reply anthropic = client.post("/messages", "[]");
    Reply unknown =
        client.post(
            "/responses", "{\"model\":\"m\",\"input\":[],\"previous_response_id\":\"resp_x\"}");

    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.json().path("error").path("message").asString()).contains("parse");
    assertThat(anthropic.json().path("type").asString()).isEqualTo("error");
    assertThat(unknown.json().path("error").path("code").asString())
        .isEqualTo("previous_response_not_found");
  }
}
