package dev.pacebench.runner.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Tests for {@link Redactor} and {@link SafeLogEncoder}. */
class RedactorTest {

  private static final String CANARY = "sk-canary/0123+4567=ABCDEF_xyz";

  private final Redactor redactor = new Redactor(() -> List.of(new Key(CANARY)));

  @Test
  void hidesASecretWhereverItStands() {
    assertThat(redactor.apply("a " + CANARY + "," + CANARY + " b"))
        .isEqualTo("a [hidden],[hidden] b");
    assertThat(redactor.apply("nothing here")).isEqualTo("nothing here");
    assertThat(redactor.apply("")).isEmpty();
  }

  @Test
  void hidesItUrlEncodedAndInHexadecimal() {
    String url = URLEncoder.encode(CANARY, StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));

    assertThat(redactor.apply("?k=" + url + "&")).isEqualTo("?k=[hidden]&");
    assertThat(
            redactor.apply(
                "?k=" + url.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d")))
        .isEqualTo("?k=[hidden]");
    assertThat(redactor.apply(hex)).isEqualTo("[hidden]");
    assertThat(redactor.apply(hex.toUpperCase(Locale.ROOT))).isEqualTo("[hidden]");
  }

  @Test
  void hidesItInJson() {
    assertThat(redactor.apply(JsonMapper.shared().writeValueAsString(CANARY)))
        .isEqualTo("\"[hidden]\"");
    assertThat(redactor.apply("\"" + CANARY.replace("/", "\\/") + "\"")).isEqualTo("\"[hidden]\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:", "Bearer ", "Authorization: Bearer "})
  void hidesItInBase64OfSomethingLonger(String before) {
    for (String after : List.of("", "x", "xy", "\r\n")) {
      byte[] bytes = (before + CANARY + after).getBytes(StandardCharsets.UTF_8);
      for (Base64.Encoder encoder :
          List.of(
              Base64.getEncoder(),
              Base64.getUrlEncoder(),
              Base64.getUrlEncoder().withoutPadding())) {
        String hidden = redactor.apply(encoder.encodeToString(bytes));

        assertThat(hidden).contains("[hidden]");
        String rest = hidden.replace("[hidden]", "");
        assertThat(rest.length())
            .as("what is left has no room for the secret")
            .isLessThanOrEqualTo((before.length() + after.length()) * 4 / 3 + 8);
      }
    }
  }

  @Test
  void hidesTheLongerOfTwoThatOverlap() {
    Redactor both =
        new Redactor(() -> List.of(new Key("secret-12"), new Key("secret-12-and-more")));

    assertThat(both.apply("secret-12-and-more secret-12")).isEqualTo("[hidden] [hidden]");
  }

  @Test
  void leavesWordsThatAreTooShortToBeSecrets() {
    Redactor dummy = new Redactor(() -> List.of(new Key("ollama"), new Key("x")));

    assertThat(dummy.apply("ollama says x")).isEqualTo("ollama says x");
  }

  @Test
  void heedsSecretsThatBecomeKnownLater() {
    List<Key> keys = new ArrayList<>();
    Redactor growing = new Redactor(() -> List.copyOf(keys));
    assertThat(growing.apply(CANARY)).isEqualTo(CANARY);

    keys.add(new Key(CANARY));

    assertThat(growing.apply(CANARY)).isEqualTo("[hidden]");
  }

  @Test
  void hidesSecretsInLogLinesAndStackTraces() {
    KnownSecrets.add(new Key(CANARY));
    LoggerContext context = new LoggerContext();
    SafeLogEncoder encoder = new SafeLogEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n%ex");
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            "here",
            context.getLogger("test"),
            Level.WARN,
            "sent {}",
            new IllegalStateException("bad header: Bearer " + CANARY),
            new Object[] {CANARY});

    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);

    assertThat(line).contains("sent [hidden]", "Bearer [hidden]", "RedactorTest.java");
    assertThat(line).doesNotContain("canary");
  }

  @Test
  void writesTheProcessesOwnLogThroughIt() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR"))
        .isInstanceOfSatisfying(
            ConsoleAppender.class,
            appender -> assertThat(appender.getEncoder()).isInstanceOf(SafeLogEncoder.class));
  }
}
