package dev.pacebench.runner.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.Rewriter.Rewritten;
import dev.pacebench.runner.lineup.ServingTier;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests for {@link TierRewriter}. */
class TierRewriterTest {

  private static final Optional<String> NONE = Optional.empty();
  private static final Rewriter PLAIN =
      new TierRewriter("m", tier(NONE, NONE, NONE, Optional.empty()));
  private static final Rewriter FULL =
      new TierRewriter(
          "m",
          tier(
              Optional.of("priority"),
              Optional.of("fast"),
              Optional.of("high"),
              Optional.of(4000)));

  @Test
  void setsTheFieldsOfResponses() {
    Rewritten made =
        rewrite(
            FULL,
            Protocol.OPENAI_RESPONSES,
            "{\"model\":\"other\",\"reasoning\":{\"summary\":\"auto\"},\"stream\":true}");

    assertThat(text(made))
        .isEqualTo(
            "{\"model\":\"m\",\"reasoning\":{\"summary\":\"auto\",\"effort\":\"high\"},"
                + "\"stream\":true,\"service_tier\":\"priority\","
                + "\"stream_options\":{\"include_obfuscation\":false},"
                + "\"max_output_tokens\":4000}");
    assertThat(made.asked().model()).isEqualTo("other");
    assertThat(made.asked().tier()).isEqualTo("priority");
    assertThat(made.asked().effort()).isEqualTo("high");
    assertThat(made.asked().speed()).isNull();
    assertThat(made.asked().stream()).isTrue();
    assertThat(made.asked().rewritten())
        .containsExactly(
            "model",
            "service_tier",
            "reasoning.effort",
            "stream_options.include_obfuscation",
            "max_output_tokens");
    assertThat(made.headers()).isEmpty();
  }

  @Test
  void setsTheFieldsOfChat() {
    Rewritten made =
        rewrite(
            FULL,
            Protocol.OPENAI_CHAT,
            "{\"model\":\"m\",\"stream\":true,\"stream_options\":null,\"max_tokens\":9000}");

    assertThat(text(made))
        .isEqualTo(
            "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"max_tokens\":4000,\"service_tier\":\"priority\","
                + "\"reasoning_effort\":\"high\"}");
    assertThat(made.asked().rewritten())
        .containsExactly(
            "service_tier", "reasoning_effort", "stream_options.include_usage", "max_tokens");
  }

  @Test
  void setsTheFieldsOfMessagesAndTheirFlags() {
    Rewritten made =
        rewrite(
            FULL,
            Protocol.ANTHROPIC_MESSAGES,
            "{\"model\":\"x\",\"max_tokens\":32000,\"output_config\":{\"effort\":\"low\"}}");

    assertThat(text(made))
        .isEqualTo(
            "{\"model\":\"m\",\"max_tokens\":4000,\"output_config\":{\"effort\":\"high\"},"
                + "\"service_tier\":\"priority\",\"speed\":\"fast\"}");
    assertThat(made.headers())
        .containsEntry("anthropic-beta", "fast-mode-2026-02-01,effort-2025-11-24");
    assertThat(made.asked().speed()).isEqualTo("fast");
  }

  @Test
  void leavesWhatTheTierLeavesOpen() {
    Rewritten made =
        rewrite(
            PLAIN,
            Protocol.ANTHROPIC_MESSAGES,
            "{\"model\":\"m\",\"speed\":\"fast\",\"service_tier\":\"auto\","
                + "\"output_config\":{\"effort\":\"low\"},\"stream\":true}");

    assertThat(made.headers()).isEmpty();
    assertThat(made.asked().rewritten()).isEmpty();
    assertThat(made.asked().speed()).isEqualTo("fast");
    assertThat(made.asked().tier()).isEqualTo("auto");
    assertThat(made.asked().effort()).isEqualTo("low");
  }

  @Test
  void givesTheSameArrayBackWhenNothingChanges() {
    byte[] body =
        bytes(
            " {\"stream_options\": {\"include_obfuscation\" : false},\"stream\":true,"
                + "\"m\\u006fdel\": \"\\u006d\"} \n");

    assertThat(PLAIN.rewrite(Protocol.OPENAI_RESPONSES, body).body()).isSameAs(body);
  }

  @Test
  void keepsEveryOtherByte() {
    String before =
        "{ \"big\" : 12345678901234567890.123456789012345678901234567890e-400 ,\n"
            + "\t\"uni\":\"\u00e9\\u00e9\\ud83d\\ude00 \ud83d\ude00 \\/ \\\" ]}\", \"model\" :\t";
    String after = " ,\"list\":[{\"model\":\"inner\"},[]], \"x\":-0.0}";

    Rewritten made = rewrite(PLAIN, Protocol.OPENAI_CHAT, before + "\"gpt-\\\"x\"" + after);

    assertThat(text(made)).isEqualTo(before + "\"m\"" + after);
    assertThat(made.asked().model()).isEqualTo("gpt-\"x");
  }

  @Test
  void setsAFieldThatStandsThereTwiceInBothPlaces() {
    Rewritten made =
        rewrite(PLAIN, Protocol.OPENAI_CHAT, "{\"model\":\"a\",\"x\":1,\"model\":\"b\"}");

    assertThat(text(made)).isEqualTo("{\"model\":\"m\",\"x\":1,\"model\":\"m\"}");
    assertThat(made.asked().rewritten()).containsExactly("model");
  }

  @Test
  void fillsAnEmptyObject() {
    assertThat(text(rewrite(PLAIN, Protocol.OPENAI_CHAT, "{}"))).isEqualTo("{\"model\":\"m\"}");
    assertThat(
            text(rewrite(FULL, Protocol.OPENAI_RESPONSES, "{\"model\":\"m\",\"reasoning\":{ }}")))
        .startsWith("{\"model\":\"m\",\"reasoning\":{ \"effort\":\"high\"}");
  }

  @Test
  void quotesAModelsNameThatNeedsIt() {
    Rewriter odd = new TierRewriter("a\"b\\c\u00e9", tier(NONE, NONE, NONE, Optional.empty()));

    JsonNode made =
        JsonMapper.shared().readTree(rewrite(odd, Protocol.OPENAI_CHAT, "{\"model\":1}").body());

    assertThat(made.get("model").asString()).isEqualTo("a\"b\\c\u00e9");
  }

  @Test
  void keepsASmallerLimitOfTheAgentsOwn() {
    assertThat(
            text(rewrite(FULL, Protocol.ANTHROPIC_MESSAGES, "{\"model\":\"m\",\"max_tokens\":20}")))
        .contains("\"max_tokens\":20,");
    assertThat(
            text(
                rewrite(
                    FULL, Protocol.ANTHROPIC_MESSAGES, "{\"model\":\"m\",\"max_tokens\":null}")))
        .contains("\"max_tokens\":4000,");
  }

  @Test
  void setsFramesThatCreateAResponseAndNoOthers() {
    Rewritten create =
        rewrite(
            FULL,
            Protocol.OPENAI_RESPONSES,
            "{\"type\":\"response.create\",\"model\":\"m\",\"previous_response_id\":\"r1\","
                + "\"generate\":false}");
    byte[] other = bytes("{\"type\":\"response.cancel\",\"model\":\"x\"}");

    assertThat(text(create))
        .contains("\"service_tier\":\"priority\"", "\"include_obfuscation\":false");
    assertThat(create.asked().continues()).isEqualTo("r1");
    assertThat(create.asked().warmUp()).isTrue();
    assertThat(create.asked().stream()).isTrue();
    assertThat(FULL.rewrite(Protocol.OPENAI_RESPONSES, other).body()).isSameAs(other);
  }

  @Test
  void asksForNoStreamOptionsWithoutAStream() {
    assertThat(text(rewrite(PLAIN, Protocol.OPENAI_CHAT, "{\"model\":\"m\",\"stream\":false}")))
        .doesNotContain("stream_options");
    assertThat(text(rewrite(PLAIN, Protocol.OPENAI_RESPONSES, "{\"model\":\"m\"}")))
        .doesNotContain("stream_options");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"model\"",
        "{",
        "{\"model\"",
        "{\"model\":",
        "{\"model\":\"x",
        "{\"model\":\"x\"",
        "{\"model\":\"x\"}}",
        "{\"model\":\"x\"} x",
        "{\"model\":\"x\",}",
        "{\"model\":}",
        "{\"model\" \"x\"}",
        "{model:\"x\"}",
        "{\"a\\uZZZZ\":1}",
        "{\"a\":[1,{\"b\":\"c\"}",
        "model=x&stream=true",
      })
  void sendsOnWhatItCannotRead(String body) {
    byte[] bytes = bytes(body);

    Rewritten made = FULL.rewrite(Protocol.OPENAI_RESPONSES, bytes);

    assertThat(made.body()).isSameAs(bytes);
    assertThat(made.headers()).isEmpty();
    assertThat(made.asked().rewritten()).isEmpty();
  }

  @Test
  void setsTheFieldsOfGeminiAndTheModelOfItsPath() {
    Rewritten made =
        rewrite(
            FULL,
            Protocol.GEMINI,
            "{\"contents\":[],\"generationConfig\":{\"temperature\":1,"
                + "\"thinkingConfig\":{\"thinkingBudget\":8192,\"includeThoughts\":true}}}");

    assertThat(text(made))
        .isEqualTo(
            "{\"contents\":[],\"generationConfig\":{\"temperature\":1,"
                + "\"thinkingConfig\":{\"thinkingBudget\":null,\"includeThoughts\":true,"
                + "\"thinkingLevel\":\"high\"},\"maxOutputTokens\":4000},"
                + "\"service_tier\":\"priority\"}");
    assertThat(made.asked().effort()).isEqualTo("high");
    assertThat(made.asked().rewritten())
        .containsExactly(
            "service_tier",
            "generationConfig.thinkingConfig.thinkingBudget",
            "generationConfig.thinkingConfig.thinkingLevel",
            "generationConfig.maxOutputTokens");
    assertThat(FULL.model("other")).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"contents\":[]}",
        "{\"contents\":[],\"generationConfig\":{}}",
        "{\"contents\":[],\"generationConfig\":null}",
        "{\"contents\":[],\"generationConfig\":{\"thinkingConfig\":7}}"
      })
  void newObjectsOfGeminiAreWhole(String body) {
    JsonNode made = JsonMapper.shared().readTree(rewrite(FULL, Protocol.GEMINI, body).body());

    assertThat(made.at("/generationConfig/maxOutputTokens").intValue()).isEqualTo(4000);
    assertThat(made.at("/generationConfig/thinkingConfig/thinkingLevel").stringValue())
        .isEqualTo("high");
  }

  @ParameterizedTest
  @EnumSource
  void neverThrowsAndKeepsValidDocumentsValid(Protocol protocol) {
    byte[] sample =
        bytes(
            "{\"model\":\"x\",\"reasoning\":{\"effort\":\"low\"},\"stream\":true,"
                + "\"stream_options\":{},\"output_config\":null,\"input\":[\"\\u00e9\\\\\"],"
                + "\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":9}},"
                + "\"max_tokens\":1e3}");
    Random random = new Random(7);
    int valid = 0;
    for (int round = 0; round < 1_000; round++) {
      byte[] mutated = sample.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        mutated[random.nextInt(mutated.length)] = sample[random.nextInt(sample.length)];
      }
      Rewritten made = FULL.rewrite(protocol, mutated);
      if (isJson(mutated)) {
        valid++;
        assertThat(isJson(made.body()))
            .as(() -> new String(mutated, StandardCharsets.UTF_8))
            .isTrue();
      }
    }
    assertThat(valid).isGreaterThan(20);
  }

  private static boolean isJson(byte[] bytes) {
    try {
      return JsonMapper.shared().readTree(bytes).isObject();
    } catch (tools.jackson.core.JacksonException e) {
      return false;
    }
  }

  private static ServingTier tier(
      Optional<String> serviceTier,
      Optional<String> speed,
      Optional<String> effort,
      Optional<Integer> most) {
    return new ServingTier("openai-responses", "sse", serviceTier, speed, effort, most);
  }

  private static Rewritten rewrite(Rewriter rewriter, Protocol protocol, String body) {
    return rewriter.rewrite(protocol, bytes(body));
  }

  private static String text(Rewritten made) {
    return new String(made.body(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
