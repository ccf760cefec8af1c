package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.simulated.SimulatedClient.Reply;
import java.time.Duration;
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
  private static final String CHAT_TOOL =
      "{\"type\":\"function\",\"function\":{\"name\":\"bash\",\"parameters\":{\"type\":\"object\","
          + "\"properties\":{\"command\":{\"type\":\"string\"}},\"required\":[\"command\"]}}}";
  private static final String MESSAGES_TOOL =
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
  void everyFrameCarriesOneTokenWhereTheTierSaysSo() throws Exception {
    SimulatedClient client = trial("frames", Plays.words(Plays.fast()));

    Reply reply =
        client.post(
            "/responses",
            "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\",\"max_output_tokens\":25}");

    assertThat(reply.events("response.output_text.delta")).hasSize(25);
    assertThat(
            reply
                .events("response.completed")
                .get(0)
                .path("response")
                .path("usage")
                .path("output_tokens")
                .asInt())
        .isEqualTo(25);
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
  void whatWasReadBeforeIsCached() throws Exception {
    SimulatedClient client = trial("cached", Plays.scripted());
    ArrayNode input =
        array("[{\"role\":\"user\",\"content\":\"" + "long story ".repeat(400) + "\"}]");

    JsonNode first = usage(client.post("/responses", responses(input, "")));
    input.add(SimulatedClient.JSON.readTree("{\"role\":\"user\",\"content\":\"and more\"}"));
    JsonNode second = usage(client.post("/responses", responses(input, "")));

    assertThat(cached(first)).isZero();
    assertThat(first.path("input_tokens").asInt()).isBetween(1100, 1250);
    assertThat(cached(second))
        .isBetween(first.path("input_tokens").asInt() - 1, first.path("input_tokens").asInt());
    assertThat(second.path("input_tokens").asInt()).isGreaterThan(cached(second));
  }

  private static JsonNode usage(Reply reply) {
    return reply.events("response.completed").get(0).path("response").path("usage");
  }

  private static int cached(JsonNode usage) {
    return usage.path("input_tokens_details").path("cached_tokens").asInt();
  }

  @Test
  void anthropicInputLeavesCachedTokensOut() throws Exception {
    SimulatedClient client = trial("cached-messages", Plays.scripted());
    String body =
        "{\"model\":\"m\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"%s}]}]}";
    String story = "long story ".repeat(400);

    JsonNode first = client.post("/messages", body.formatted(story, "")).json().path("usage");
    JsonNode second =
        client
            .post("/messages", body.formatted(story, ",\"cache_control\":{\"type\":\"ephemeral\"}"))
            .json()
            .path("usage");

    assertThat(first.path("cache_read_input_tokens").asInt()).isZero();
    assertThat(second.path("cache_read_input_tokens").asInt()).isGreaterThan(1000);
    assertThat(second.path("input_tokens").asInt()).isLessThan(2);
  }

  @Test
  void withoutAStreamOneDocumentComesInEveryProtocol() throws Exception {
    SimulatedClient client = trial("plain", Plays.scripted());

    JsonNode responses =
        client
            .post(
                "/responses",
                "{\"model\":\"m\",\"input\":\"fix\",\"tools\":[" + RESPONSES_TOOL + "]}")
            .json();
    JsonNode chat =
        client
            .post(
                "/chat/completions",
                "{\"model\":\"m\",\"messages\":[],\"tools\":[" + CHAT_TOOL + "]}")
            .json();
    JsonNode messages =
        client
            .post(
                "/messages", "{\"model\":\"m\",\"messages\":[],\"tools\":[" + MESSAGES_TOOL + "]}")
            .json();

    assertThat(responses.path("output")).hasSize(4);
    assertThat(responses.path("usage").path("output_tokens").asInt()).isEqualTo(46);
    JsonNode message = chat.path("choices").path(0).path("message");
    assertThat(message.path("tool_calls")).hasSize(2);
    assertThat(message.path("reasoning_content").asString()).isEqualTo("I look around first.");
    assertThat(messages.path("content")).hasSize(4);
    assertThat(messages.path("content").path(3).path("input").path("command").asString())
        .isEqualTo("cat a.txt");
    assertThat(messages.path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(server.log().await("plain", 3, Duration.ofSeconds(10))).isTrue();
    assertThat(server.log().calls("plain"))
        .allMatch(call -> call.transport() == Transport.PLAIN && call.sent().length == 1);
  }

  @Test
  void anAgentWithoutToolsReadsCommandsFromTheText() throws Exception {
    SimulatedClient client = trial("text-agent", Plays.scripted());

    Reply first =
        client.post(
            "/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Use a ```bash block.\"}]}");
    Reply last =
        client.post(
            "/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Use bash; at the end run `echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT`\"},"
                + "{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"x\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"y\"}]}");

    assertThat(content(first)).isEqualTo("Looking.\n\n```bash\nls -la\ncat a.txt\n```");
    assertThat(content(last))
        .isEqualTo("All done.\n\n```bash\necho COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT\n```");
  }

  private static String content(Reply reply) {
    return reply.json().path("choices").path(0).path("message").path("content").asString();
  }

  @Test
  void aSideRequestDoesNotTakeATurn() throws Exception {
    SimulatedClient client = trial("side", Plays.scripted());

    Reply side =
        client.post(
            "/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a title generator.\"},"
                + "{\"role\":\"user\",\"content\":\"fix\"}]}");

    assertThat(content(side)).hasSizeBetween(5, 60).doesNotContain("Looking");
  }

  @Test
  void afterTheLastTurnTheLastWordsAreRepeated() throws Exception {
    SimulatedClient client = trial("beyond", Plays.scripted());

    Reply reply =
        client.post(
            "/responses",
            "{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"call_id\":\"call_8_0_ab\"},"
                + "{\"type\":\"function_call_output\",\"call_id\":\"call_8_0_ab\",\"output\":\"\"}]}");

    assertThat(reply.json().path("output").path(1).toString()).contains("All done.");
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

  @Test
  void theLogSaysWhenEveryEventWasSentAndNoneBeforeItWasDue() throws Exception {
    Play play = Plays.words(Plays.tier(Duration.ofMillis(40), 1000, 2, Plays.fast().faults()));
    SimulatedClient client = trial("log", play);

    Reply reply =
        client.post(
            "/responses",
            "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\",\"max_output_tokens\":61}");

    assertThat(server.log().await("log", 1, Duration.ofSeconds(10))).isTrue();
    SentCall sent = server.log().calls("log").get(0);
    assertThat(sent.id()).isEqualTo(reply.events().get(0).path("response").path("id").asString());
    assertThat(sent.sent()).hasSameSizeAs(sent.due()).hasSize(reply.events().size());
    assertThat(sent.whole()).isTrue();
    assertThat(sent.tokens()).isEqualTo(61);
    for (int i = 0; i < sent.sent().length; i++) {
      assertThat(sent.sent()[i] - sent.due()[i]).isNotNegative();
    }
    assertThat(sent.due()[sent.first()] - sent.read()).isEqualTo(40_000_000);
    assertThat(sent.due()[sent.last()] - sent.due()[sent.first()]).isEqualTo(59_000_000);
    assertThat(reply.events("response.output_text.delta")).hasSize(31);
  }
}
