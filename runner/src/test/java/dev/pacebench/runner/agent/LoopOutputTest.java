package dev.pacebench.runner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopOutputTest {

  @Test
  void shortOutputIsShownWhole() {
    assertThat(LoopOutput.shown(output("a".repeat(LoopOutput.LONGEST))))
        .hasSize(LoopOutput.LONGEST);
  }

  @Test
  void longOutputLosesItsMiddleAndSaysHowMuch() {
    String shown = LoopOutput.shown(output("a".repeat(6_000) + "b".repeat(6_000)));

    assertThat(shown)
        .startsWith("a".repeat(5_000) + "\n[... 2000 bytes left out ...]\n")
        .endsWith("b".repeat(5_000));
  }

  @Test
  void whatTheSandboxDroppedIsCounted() {
    byte[] half = "x".repeat(LoopOutput.KEEP_BYTES / 2).getBytes(StandardCharsets.UTF_8);
    long total = 1_000_000_000L;
    Output output = new Output(half, half, total - 2L * half.length);

    assertThat(LoopOutput.shown(output)).contains("[... " + (total - 10_000) + " bytes left out");
  }

  @Test
  void noCharacterIsCutInTwo() {
    String shown = LoopOutput.shown(output("a" + "\ud83d\ude00".repeat(10_000)));

    assertThat(shown.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff)).isTrue();
  }

  @Test
  void timeLeftIsToldInTenths() {
    Duration limit = Duration.ofMinutes(10);

    assertThat(LoopPrompt.timeLeft(limit, limit))
        .isEqualTo("[time left: more than 90 % of 10 min]");
    assertThat(LoopPrompt.timeLeft(Duration.ofSeconds(61), limit))
        .isEqualTo("[time left: more than 10 % of 10 min]");
    assertThat(LoopPrompt.timeLeft(Duration.ofSeconds(-3), limit))
        .isEqualTo("[time left: less than 10 % of 10 min]");
  }

  private static Output output(String text) {
    return new Output(text.getBytes(StandardCharsets.UTF_8), new byte[0], 0);
  }
}
