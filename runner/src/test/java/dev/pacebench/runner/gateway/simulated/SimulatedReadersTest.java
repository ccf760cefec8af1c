package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.simulated.SimulatedClient.Reply;
import dev.pacebench.runner.gateway.simulated.SimulatedClient.Socket;
import dev.pacebench.runner.gateway.wire.AnswerReader;
import dev.pacebench.runner.gateway.wire.AnswerReaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the gateway's readers make of simulated answers is what was meant. */
class SimulatedReadersTest {

  private static final String GEMINI_TOOL =
      "{\"name\":\"run_shell_command\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"command\":"
          + "{\"type\":\"STRING\"}},\"required\":[\"command\"]}}";

  private static SimulatedServer server;

  @BeforeAll
  static void start() {
    server = SimulatedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask(Protocol protocol, boolean stream) {
    String tool =
        switch (protocol) {
          case OPENAI_RESPONSES -> SimulatedServerTest.RESPONSES_TOOL;
          case OPENAI_CHAT -> SimulatedServerTest.CHAT_TOOL;
          case ANTHROPIC_MESSAGES -> SimulatedServerTest.MESSAGES_TOOL;
          case GEMINI -> "{\"functionDeclarations\":[" + GEMINI_TOOL + "]}";
        };
    return "{\"model\":\"m\",\"stream\":%s,\"stream_options\":{\"include_usage\":true},\"tools\":[%s],\"input\":[],\"messages\":[]}"
        .formatted(stream, tool);
  }

  private static Answer read(Protocol protocol, boolean stream, Reply reply) {
    Transport transport = stream ? Transport.SSE : Transport.PLAIN;
    AnswerReader reader = AnswerReaders.of(protocol, transport, stream);
    reader.head(reply.status(), Map.copyOf(reply.headers().map()), 1);
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    reader.body(bytes, 0, bytes.length, 2);
    reader.end(reply.whole(), 3);
    return reader.answer();
  }

  private static Reply post(String name, Protocol protocol, boolean stream) throws Exception {
    SimulatedClient client =
        new SimulatedClient(server, server.register(name + protocol, Plays.scripted()));
    String path =
        protocol == Protocol.GEMINI
            ? protocol.tail() + (stream ? "/m:streamGenerateContent" : "/m:generateContent")
            : protocol.tail();
    return client.post(path, ask(protocol, stream));
  }

  private static void isTheFirstTurn(Answer answer) {
    assertThat(answer.end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(answer.malformed()).isZero();
    CallUsage usage = answer.usage();
    assertThat(usage).isNotNull();
    assertThat(usage.output()).isEqualTo(46);
    assertThat(usage.input()).isPositive();
    assertThat(answer.model()).isEqualTo("m");
    // Reasoning, text and both calls' arguments.
    assertThat(answer.visibleChars()).isEqualTo(20 + 8 + 20 + 23);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamIsReadAsItWasMeant(Protocol protocol) throws Exception {
    Answer answer = read(protocol, true, post("stream", protocol, true));

    isTheFirstTurn(answer);
    assertThat(answer.requestId()).startsWith("req_");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aDocumentIsReadAsItWasMeant(Protocol protocol) throws Exception {
    isTheFirstTurn(read(protocol, false, post("plain", protocol, false)));
  }

  @Test
  void framesAreReadAsTheyWereMeant() throws Exception {
    SimulatedClient client =
        new SimulatedClient(server, server.register("frames", Plays.scripted()));
    AnswerReader reader = AnswerReaders.of(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, true);
    reader.head(101, Map.of(), 1);
    List<JsonNode> events;
    try (Socket socket = client.connect("x-responsesapi-include-timing-metrics", "true")) {
      socket.send(
          "{\"type\":\"response.create\"," + ask(Protocol.OPENAI_RESPONSES, true).substring(1));
      events = socket.answer();
    }
    for (int i = 0; i < events.size(); i++) {
      byte[] frame = events.get(i).toString().getBytes(StandardCharsets.UTF_8);
      reader.frame(frame, 0, frame.length, 10 + i);
    }

    assertThat(server.log().await("frames", 1, java.time.Duration.ofSeconds(10))).isTrue();
    SentCall sent = server.log().calls("frames").get(0);
    isTheFirstTurn(reader.answer());
    assertThat(reader.first()).isEqualTo(10 + sent.first());
    assertThat(reader.last()).isEqualTo(10 + sent.last());
    assertThat(reader.answer().responseId()).isEqualTo(sent.id());
    assertThat(reader.answer().serverTiming()).isNotEmpty();
  }
}
