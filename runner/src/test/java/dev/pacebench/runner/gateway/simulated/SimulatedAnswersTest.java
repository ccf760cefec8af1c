package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.simulated.SimulatedClient.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What a simulated model says, to whom, at what pace, and what it says of its tokens. */
class SimulatedAnswersTest {

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
        .formatted(SimulatedServerTest.RESPONSES_TOOL, input, more);
  }

  private static ArrayNode array(String json) {
    return (ArrayNode) SimulatedClient.JSON.readTree(json);
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
                "{\"model\":\"m\",\"input\":\"fix\",\"tools\":["
                    + SimulatedServerTest.RESPONSES_TOOL
                    + "]}")
            .json();
    JsonNode chat =
        client
            .post(
                "/chat/completions",
                "{\"model\":\"m\",\"messages\":[],\"tools\":["
                    + SimulatedServerTest.CHAT_TOOL
                    + "]}")
            .json();
    JsonNode messages =
        client
            .post(
                "/messages",
                "{\"model\":\"m\",\"messages\":[],\"tools\":["
                    + SimulatedServerTest.MESSAGES_TOOL
                    + "]}")
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
        .allMatch(call -> call.transport() == Transport.PLAIN && call.whole());
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
