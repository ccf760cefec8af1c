package dev.pacebench.runner.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.lineup.Credential;
import dev.pacebench.runner.lineup.Credential.Scheme;
import dev.pacebench.runner.lineup.Credential.Source;
import dev.pacebench.runner.lineup.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tests for {@link CredentialKeyRing}; every secret here is a canary that no message may hold. */
class CredentialKeyRingTest {

  private static final String CANARY = "sk-canary-0123456789";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>(Map.of("LAB_KEY", CANARY));
  private long now;

  @Test
  void sendsAKeyAsItsProtocolExpects() {
    CredentialKeyRing ring = ring(credential(Source.ENV, "LAB_KEY"));

    assertThat(ring.headers(Protocol.OPENAI_RESPONSES))
        .containsOnly(entry("authorization", "Bearer " + CANARY));
    assertThat(ring.headers(Protocol.OPENAI_CHAT))
        .containsOnly(entry("authorization", "Bearer " + CANARY));
    assertThat(ring.headers(Protocol.ANTHROPIC_MESSAGES)).containsOnly(entry("x-api-key", CANARY));
    assertThat(ring.headers(Protocol.GEMINI)).containsOnly(entry("x-goog-api-key", CANARY));
  }

  @Test
  void sendsALoginTokenAsToldTo() throws IOException {
    Path login = folder.resolve("auth.json");
    Files.writeString(
        login,
        "{\"tokens\": {\"access_token\": \"" + CANARY + "\", \"account_id\": \"acc-12345\"}}");
    Provider provider =
        new Provider(
            "lab",
            "anthropic-messages",
            "https://lab.example",
            Optional.of(
                new Credential(
                    Source.FILE,
                    List.of(login.toString()),
                    Optional.of("tokens.access_token"),
                    Optional.of(Scheme.BEARER))),
            Map.of(),
            Map.of(
                "account-id",
                new Credential(
                    Source.FILE,
                    List.of(login.toString()),
                    Optional.of("tokens.account_id"),
                    Optional.empty())));

    CredentialKeyRing ring = new CredentialKeyRing(provider, environment, () -> now);

    assertThat(ring.headers(Protocol.ANTHROPIC_MESSAGES))
        .containsOnly(entry("authorization", "Bearer " + CANARY), entry("account-id", "acc-12345"));
    assertThat(ring.secrets()).containsExactly(new Key(CANARY), new Key("acc-12345"));
  }

  @Test
  void findsFilesInTheHomeFolder() throws IOException {
    Files.writeString(folder.resolve("key"), CANARY + "\n");
    environment.put("HOME", folder.toString());

    assertThat(ring(credential(Source.FILE, "~/key")).headers(Protocol.OPENAI_CHAT))
        .containsValue("Bearer " + CANARY);
  }

  @Test
  void runsAProgramWithTheEnvironmentAndNothingToRead() {
    CredentialKeyRing ring =
        ring(credential(Source.COMMAND, "sh", "-c", "cat; echo noise >&2; echo \"$LAB_KEY\""));

    assertThat(ring.headers(Protocol.OPENAI_CHAT)).containsValue("Bearer " + CANARY);
  }

  @Test
  void readsTheKeyOnceUntilItIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), CANARY);
    CredentialKeyRing ring = ring(credential(Source.FILE, file.toString()));
    ring.check();
    Files.writeString(file, "sk-canary-second");

    assertThat(ring.headers(Protocol.OPENAI_CHAT)).containsValue("Bearer " + CANARY);
    assertThat(ring.refresh()).isTrue();
    assertThat(ring.headers(Protocol.OPENAI_CHAT)).containsValue("Bearer sk-canary-second");
    assertThat(ring.secrets()).containsExactly(new Key(CANARY), new Key("sk-canary-second"));
  }

  @Test
  void readsAgainAtMostOnceInAWhile() throws IOException {
    Path count = folder.resolve("count");
    CredentialKeyRing ring =
        ring(
            credential(
                Source.COMMAND,
                "sh",
                "-c",
                "echo x >> \"$1\"; echo key-$(wc -l < \"$1\")-canary",
                "sh",
                count.toString()));
    ring.check();

    assertThat(ring.refresh()).isTrue();
    assertThat(ring.refresh()).as("what the last reading found holds").isTrue();
    assertThat(Files.readAllLines(count)).hasSize(2);
    now += CredentialKeyRing.PAUSE.toNanos();
    assertThat(ring.refresh()).isTrue();
    assertThat(Files.readAllLines(count)).hasSize(3);
  }

  @Test
  void saysThatNoOtherKeyCameWhenItIsTheSame() {
    CredentialKeyRing ring = ring(credential(Source.ENV, "LAB_KEY"));
    ring.check();

    assertThat(ring.refresh()).isFalse();
    assertThat(ring.refresh()).isFalse();
  }

  @Test
  void keepsTheOldKeyWhenNoneIsFoundAndLogsNoSecret() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), CANARY);
    CredentialKeyRing ring = ring(credential(Source.FILE, file.toString()));
    ring.check();
    Files.writeString(file, CANARY + " and " + CANARY);
    Logger logger = (Logger) LoggerFactory.getLogger(CredentialKeyRing.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      assertThat(ring.refresh()).isFalse();
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(ring.headers(Protocol.OPENAI_CHAT)).containsValue("Bearer " + CANARY);
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(event.getFormattedMessage())
                  .contains("provider lab", file.toString())
                  .doesNotContain("canary");
            });
  }

  @Test
  void namesAVariableThatIsNotSet() {
    assertThatThrownBy(() -> ring(credential(Source.ENV, "OTHER_KEY")).check())
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e)
                  .hasMessage(
                      "credential of provider lab: environment variable OTHER_KEY is not set");
              assertThat(e.remedy()).contains("export OTHER_KEY=");
            });
  }

  @Test
  void namesAFileThatHoldsNoKey() throws IOException {
    Path file = folder.resolve("key");
    assertRefused(credential(Source.FILE, file.toString()), "does not exist");
    assertRefused(credential(Source.FILE, folder.toString()), "no regular file");
    Files.writeString(file, " \n");
    assertRefused(credential(Source.FILE, file.toString()), "is empty");
    Files.writeString(file, CANARY + "\n" + CANARY);
    assertRefused(credential(Source.FILE, file.toString()), "holds something that is no key");
    Files.writeString(file, CANARY + "\u00e9");
    assertRefused(credential(Source.FILE, file.toString()), "holds something that is no key");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertRefused(credential(Source.FILE, file.toString()), "larger than 1 MB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-canary-0123456789",
        "{\"tokens\": \"sk-canary-0123456789\"}",
        "{\"tokens\": {\"other\": \"sk-canary-0123456789\"}}",
        "{\"tokens\": {\"access_token\": {\"x\": \"sk-canary-0123456789\"}}}",
        "{\"tokens\": {\"access_token\": null, \"x\": \"sk-canary-0123456789\"}}",
        "{\"tokens\": {\"access_token\": \"sk-canary 0123456789\"}}",
        "{\"tokens\": {\"access_token\": \"sk-canary-0123456789\"",
      })
  void namesAFieldThatHoldsNoKey(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("auth.json"), text);

    assertRefused(
        new Credential(
            Source.FILE,
            List.of(file.toString()),
            Optional.of("tokens.access_token"),
            Optional.empty()),
        "auth.json");
  }

  @Test
  void namesAProgramThatGivesNoKey() {
    assertRefused(credential(Source.COMMAND, "/no/such/program", CANARY), "could not be run");
    assertRefused(
        credential(Source.COMMAND, "sh", "-c", "echo " + CANARY + "; exit 3"), "exit code 3");
    assertRefused(credential(Source.COMMAND, "true", CANARY), "is empty");
    assertRefused(
        credential(Source.COMMAND, "sh", "-c", "head -c 3000000 /dev/zero", CANARY),
        "more than 1048576 bytes");
  }

  @Test
  void endsAProgramThatDoesNotEnd() {
    long start = System.nanoTime();

    KeyCommand.Result result =
        KeyCommand.run(List.of("sleep", "60"), Map.of(), 100, Duration.ofMillis(200));

    assertThat(result.problem().orElseThrow()).contains("did not end within");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void doesNotWaitForAChildThatKeepsTheOutputOpen() {
    KeyCommand.Result result =
        KeyCommand.run(
            List.of("sh", "-c", "sleep 30 & echo " + CANARY),
            Map.of(),
            100,
            Duration.ofSeconds(20));

    assertThat(result.problem().orElse("")).doesNotContain("canary");
    assertThat(result.toString()).doesNotContain("canary");
  }

  @Test
  void keepsWordsForServersThatWantNoKeyOutOfTheSecrets() {
    environment.put("LAB_KEY", "none");
    CredentialKeyRing ring = ring(credential(Source.ENV, "LAB_KEY"));

    assertThat(ring.headers(Protocol.OPENAI_CHAT)).containsValue("Bearer none");
    assertThat(ring.secrets()).isEmpty();
  }

  @Test
  void printsNoSecret() {
    CredentialKeyRing ring = ring(credential(Source.ENV, "LAB_KEY"));
    ring.check();

    assertThat(ring.toString() + ring.secrets() + new FixedKey(new Key(CANARY)).secrets())
        .doesNotContain("canary");
  }

  @Test
  void needsNoRingWithoutCredential() {
    Provider open =
        new Provider("lab", "openai-chat", "http://h", Optional.empty(), Map.of(), Map.of());

    assertThat(CredentialKeyRing.of(open, environment)).isSameAs(NoKeys.INSTANCE);
    Provider shut =
        new Provider(
            "lab",
            "openai-chat",
            "http://h",
            Optional.of(credential(Source.ENV, "OTHER_KEY")),
            Map.of(),
            Map.of());
    assertThatThrownBy(() -> CredentialKeyRing.of(shut, environment))
        .hasMessageContaining("OTHER_KEY is not set");
    assertThat(NoKeys.INSTANCE.headers(Protocol.OPENAI_CHAT)).isEmpty();
    assertThat(NoKeys.INSTANCE.refresh()).isFalse();
  }

  private void assertRefused(Credential credential, String what) {
    CredentialKeyRing ring = ring(credential);

    assertThatThrownBy(ring::check)
        .isInstanceOfSatisfying(
            UserError.class,
            e ->
                assertThat(e.getMessage() + " " + e.remedy())
                    .contains("provider lab", what)
                    .doesNotContain("canary"));
    assertThat(ring.secrets()).isEmpty();
  }

  private CredentialKeyRing ring(Credential credential) {
    return new CredentialKeyRing(
        new Provider(
            "lab",
            "openai-responses",
            "https://lab.example",
            Optional.of(credential),
            Map.of(),
            Map.of()),
        environment,
        () -> now);
  }

  private static Credential credential(Source source, String... value) {
    return new Credential(source, List.of(value), Optional.empty(), Optional.empty());
  }
}
