package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

  private static final String RESPONSES =
      "{\"model\":\"gpt-5.3-codex\",\"input\":[{\"model\":\"inner\",\"service_tier\":\"x\"}],"
          + "\"tools\":[{\"stream\":false}],\"reasoning\":{\"summary\":\"auto\",\"effort\":\"low\"},"
          + "\"output_config\":{\"effort\":\"none\"},\"store\":false,\"stream\":true,"
          + "\"service_tier\":\"priority\",\"previous_response_id\":\"resp_1\"}";

  @Test
  void aBodyOfResponses() {
    assertThat(body(Protocol.OPENAI_RESPONSES, RESPONSES))
        .isEqualTo(
            new Asked("gpt-5.3-codex", "priority", null, "low", true, false, "resp_1", List.of()));
  }

  @Test
  void aBodyOfChat() {
    assertThat(
            body(
                Protocol.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"model\"}],\"model\":\"m\","
                    + "\"reasoning_effort\":\"high\",\"reasoning\":{\"effort\":\"low\"},"
                    + "\"service_tier\":\"flex\",\"stream\":true}"))
        .isEqualTo(new Asked("m", "flex", null, "high", true, false, null, List.of()));
    assertThat(body(Protocol.OPENAI_CHAT, "{\"reasoning\":{\"effort\":\"low\"}}").effort())
        .isEqualTo("low");
  }

  @Test
  void aBodyOfMessages() {
    assertThat(
            body(
                Protocol.ANTHROPIC_MESSAGES,
                "{\"model\":\"claude\",\"max_tokens\":9,\"service_tier\":\"standard_only\","
                    + "\"speed\":\"fast\",\"output_config\":{\"effort\":\"medium\"},"
                    + "\"reasoning_effort\":\"high\",\"generate\":false}"))
        .isEqualTo(
            new Asked("claude", "standard_only", "fast", "medium", false, false, null, List.of()));
  }

  @Test
  void aFrameThatCreatesAResponseIsACallAndStreams() {
    Asked asked =
        frame("{\"type\":\"response.create\",\"model\":\"m\",\"generate\":false,\"input\":[]}");
    assertThat(asked).isEqualTo(new Asked("m", null, null, null, true, true, null, List.of()));
    assertThat(RequestReader.frame(RESPONSES.getBytes(UTF_8))).isEmpty();
    assertThat(RequestReader.frame("{\"type\":\"response.steer\"}".getBytes(UTF_8))).isEmpty();
    assertThat(RequestReader.frame(new byte[0])).isEmpty();
  }

  @Test
  void whatIsNoRequestAsksForNothing() {
    for (String body : new String[] {"", "[]", "null", "\"x\"", "<html>", "{", "{\"model\":{}}"}) {
      assertThat(body(Protocol.OPENAI_CHAT, body)).isEqualTo(Asked.unknown());
    }
  }

  @Test
  void ofABrokenBodyWhatStandsBeforeTheFaultCounts() {
    assertThat(body(Protocol.OPENAI_CHAT, "{\"model\":\"m\",\"stream\":true,\"x\":nope}"))
        .isEqualTo(new Asked("m", null, null, null, true, false, null, List.of()));
  }

  @Test
  void aLongNameIsShortened() {
    assertThat(body(Protocol.OPENAI_CHAT, "{\"model\":\"" + "m".repeat(9999) + "\"}").model())
        .hasSize(200);
  }

  @Test
  void spoiledBodiesNeverThrow() {
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = RESPONSES.getBytes(UTF_8);
      for (int n = random.nextInt(6); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      for (Protocol protocol : Protocol.values()) {
        assertThat(RequestReader.body(protocol, bytes).model()).hasSizeLessThanOrEqualTo(200);
      }
      assertThat(RequestReader.frame(bytes)).isEmpty();
    }
  }

  @Test
  void ofGeminiTheBodySaysTheTierAndTheThinkingOnly() {
    Asked asked =
        body(
            Protocol.GEMINI,
            "{\"contents\":[],\"service_tier\":\"flex\",\"generationConfig\":{\"temperature\":1,"
                + "\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingLevel\":\"low\"}}}");
    CallPath path = new CallPath(Protocol.GEMINI, "named", true);

    assertThat(asked.tier()).isEqualTo("flex");
    assertThat(asked.effort()).isEqualTo("low");
    assertThat(asked.model()).isEmpty();
    assertThat(asked.stream()).isFalse();
    Asked whole = asked.by(path, path.with("sent"));
    assertThat(whole.model()).isEqualTo("named");
    assertThat(whole.stream()).isTrue();
    assertThat(whole.rewritten()).containsExactly("model");
    assertThat(asked.by(path, path).rewritten()).isEmpty();
  }

  private static Asked body(Protocol protocol, String body) {
    return RequestReader.body(protocol, body.getBytes(UTF_8));
  }

  private static Asked frame(String text) {
    return RequestReader.frame(text.getBytes(UTF_8)).orElseThrow();
  }
}
