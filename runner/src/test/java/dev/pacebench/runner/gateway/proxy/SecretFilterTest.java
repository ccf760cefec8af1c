package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.policy.Key;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretFilterTest {

  private static final String KEY = "sk-aabaabaac-7";

  private static SecretFilter filter(String... keys) {
    return new SecretFilter(List.of(keys).stream().map(Key::new).toList());
  }

  private static String through(SecretFilter filter, String... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String part : parts) {
      out.writeBytes(filter.pass(part.getBytes(StandardCharsets.UTF_8)));
    }
    out.writeBytes(filter.rest());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aSecretIsCoveredWhereverItIsSplit() {
    String text = "before " + KEY + " after";
    for (int i = 0; i <= text.length(); i++) {
      for (int j = i; j <= text.length(); j++) {
        assertThat(
                through(filter(KEY), text.substring(0, i), text.substring(i, j), text.substring(j)))
            .isEqualTo("before " + "*".repeat(KEY.length()) + " after");
      }
    }
  }

  @Test
  void beginningsOfASecretPassInTheEnd() {
    assertThat(through(filter(KEY), "x sk-aab", "aabaab", "aac-7 y sk-a"))
        .isEqualTo("x sk-aabaabaabaac-7 y sk-a");
    assertThat(through(filter(KEY), "sk-sk-aabaab" + "aac-7")).isEqualTo("sk-**************");
  }

  @Test
  void theLongerOfTwoSecretsIsCovered() {
    assertThat(through(filter("sk-12345678", "sk-12345678-more"), "a sk-12345678", "-more b"))
        .isEqualTo("a " + "*".repeat(16) + " b");
    assertThat(through(filter("sk-12345678", "sk-12345678-more"), "a sk-12345678", "-mere b"))
        .isEqualTo("a " + "*".repeat(11) + "-mere b");
  }

  @Test
  void onlyWhatCouldBeASecretIsHeldBack() {
    SecretFilter filter = filter(KEY);
    byte[] part = "data: {\"a\":1}\n\n".getBytes(StandardCharsets.UTF_8);
    assertThat(filter.pass(part)).isSameAs(part);
    assertThat(new String(filter.pass("wait s".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("wait ");
    assertThat(new String(filter.pass("o ".getBytes(StandardCharsets.UTF_8)))).isEqualTo("so ");
  }

  @Test
  void theBytesThatCameAreNeverChangedInPlace() {
    byte[] part = ("x" + KEY).getBytes(StandardCharsets.UTF_8);
    assertThat(filter(KEY).pass(part)).isNotSameAs(part);
    assertThat(new String(part, StandardCharsets.UTF_8)).isEqualTo("x" + KEY);
  }

  @Test
  void wordsAreNoSecrets() {
    assertThat(through(filter("local", ""), "a local model")).isEqualTo("a local model");
  }

  @Test
  void randomSplitsOfRandomTextGiveWhatAPlainReplacementGives() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      String key = letters(random, 8 + random.nextInt(4));
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        text.append(random.nextInt(4) == 0 ? key : letters(random, random.nextInt(6)));
      }
      SecretFilter filter = filter(key);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int at = 0;
      while (at < text.length()) {
        int to = Math.min(text.length(), at + random.nextInt(5));
        out.writeBytes(filter.pass(text.substring(at, to).getBytes(StandardCharsets.UTF_8)));
        at = to;
      }
      out.writeBytes(filter.rest());
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(text.toString().replace(key, "*".repeat(key.length())));
    }
  }

  /** Of two letters, so that a text is full of beginnings. */
  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }
}
