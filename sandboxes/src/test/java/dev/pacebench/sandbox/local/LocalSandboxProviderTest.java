package dev.pacebench.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
class LocalSandboxProviderTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path temp;
  private LocalSandboxProvider provider;

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
  }

  @Test
  void namedImagesNeedAnEngine() {
    Optional<Refusal> refusal = provider().check(new ImageSource.Named("debian", TIMEOUT));
    assertThat(refusal).isPresent();
    assertThat(refusal.get().remedy()).contains("--sandbox docker");
  }

  @Test
  void missingToolsAreNamed() throws Exception {
    Optional<Refusal> refusal =
        provider().check(image("", List.of("awk", "no-such-tool", "../../bin/sh")));
    assertThat(refusal).isPresent();
    assertThat(refusal.get().kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(refusal.get().what()).contains("no-such-tool, ../../bin/sh").doesNotContain("awk");
    assertThat(provider().check(image("", List.of("awk", "sh", "sed")))).isEmpty();
  }

  @Test
  void problemsOfADockerfileNameFileAndLine() throws Exception {
    ImageSource source = image("RUN make\n", List.of());
    assertThat(provider().check(source).map(Refusal::where))
        .hasValueSatisfying(where -> assertThat(where).endsWith("Dockerfile:2"));
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> provider().prepare(source))
        .withMessageContaining("Dockerfile:2")
        .matches(e -> e.kind() == Kind.BAD_REQUEST);
  }

  @Test
  void theIdFollowsTheContent() throws Exception {
    Files.createDirectories(temp.resolve("context"));
    Path file = Files.writeString(temp.resolve("context/a"), "1");
    ImageSource source = image("COPY a /a\n", List.of());
    PreparedImage first = provider().prepare(source);
    assertThat(first.id()).startsWith("local:sha256:");
    assertThat(provider().prepare(source)).isEqualTo(first);
    Files.writeString(file, "2");
    assertThat(provider().prepare(source).id()).isNotEqualTo(first.id());
  }

  @Test
  void aSandboxHoldsWhatTheDockerfileSays() throws Exception {
    Path context = Files.createDirectories(temp.resolve("context/dir/sub")).getParent().getParent();
    Files.writeString(context.resolve("a"), "echo from a");
    Files.writeString(context.resolve("dir/sub/f"), "f");
    ImageSource source =
        image(
            "WORKDIR /app\nENV GREETING=\"hello you\"\nCOPY --chmod=755 a tools/run\n"
                + "COPY dir .\nCOPY dir/sub/f /etc/\n",
            List.of());
    try (Sandbox sandbox = open(source)) {
      assertThat(out(sandbox, "pwd; echo $GREETING; tools/run; cat sub/f /etc/f; touch tools/new"))
          .isEqualTo("/app\nhello you\nfrom a\nff");
      assertThat(sandbox.diff()).hasSize(1);
    }
  }

  @Test
  void usualToolsWork() throws Exception {
    try (Sandbox sandbox = open(image("", List.of()))) {
      assertThat(
              out(
                  sandbox,
                  "cd /tmp && printf 'b\\na\\n' | sort | awk '{print NR $0}' | sed s/a/x/;"
                      + " perl -e 'print 6*7'; tar cf t.tar /etc/hosts 2>/dev/null && tar tf t.tar;"
                      + " mkdir d && chmod 700 d && ls /dev/null /proc/self/status"))
          .contains("1x", "42", "etc/hosts", "/dev/null");
    }
  }

  @Test
  void otherUsersAndNetworkAreRefusedWithARemedy() throws Exception {
    try (Sandbox sandbox = open(image("", List.of()))) {
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> sandbox.run(Command.of("true", TIMEOUT).withUser("postgres")))
          .matches(e -> e.kind() == Kind.BAD_REQUEST && e.remedy().contains("docker"));
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> sandbox.network(NetworkMode.PUBLIC))
          .matches(e -> e.kind() == Kind.BAD_REQUEST && e.remedy().contains("docker"));
      assertThat(sandbox.run(Command.of("id -u", TIMEOUT).withUser("root")).stdout().text())
          .isEqualTo("1000\n");
    }
  }

  @Test
  void aProcessMayOnlyTakeItsMemory() throws Exception {
    Limits limits =
        new Limits(
            Limits.none().cpus(), java.util.OptionalLong.of(100 << 20), Limits.none().pids());
    try (Sandbox sandbox = open(image("", List.of()), limits)) {
      String take = "perl -e '$x = \"x\" x (%d << 20); print length $x'";
      assertThat(out(sandbox, take.formatted(20))).isEqualTo("" + (20 << 20));
      assertThat(sandbox.run(Command.of(take.formatted(300), TIMEOUT)).exitCode()).isNotZero();
    }
  }

  @Test
  void aSandboxOutlivesTheThreadThatOpenedIt() throws Exception {
    ImageSource source = image("", List.of());
    java.util.concurrent.FutureTask<Sandbox> opening =
        new java.util.concurrent.FutureTask<>(() -> open(source));
    Thread thread = new Thread(opening);
    thread.start();
    thread.join();
    try (Sandbox sandbox = opening.get()) {
      out(sandbox, "touch /tmp/before; sleep 0.2");
      assertThat(out(sandbox, "ls /tmp")).isEqualTo("before\n");
    }
  }

  @Test
  void reapingRemovesWhatDeadOwnersOfThisHostLeft() throws Exception {
    Owner self = Owner.self();
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path folder = temp.resolve("scratch/local/sandboxes");
    LocalHome dead =
        LocalHome.make(folder, "dead", new Owner(self.host(), self.bootId(), ended.pid(), 1));
    Files.createDirectory(dead.root().resolve("locked"));
    Files.setPosixFilePermissions(dead.root().resolve("locked"), java.util.Set.of());
    LocalHome otherBoot =
        LocalHome.make(
            folder, "boot", new Owner(self.host(), "other", self.pid(), self.startTicks()));
    LocalHome otherHost =
        LocalHome.make(folder, "host", new Owner("elsewhere", "other", ended.pid(), 1));
    LocalHome mine = LocalHome.make(folder, "mine", self);
    assertThat(provider().reap()).hasSize(2);
    assertThat(dead.folder()).doesNotExist();
    assertThat(otherBoot.folder()).doesNotExist();
    assertThat(otherHost.folder()).exists();
    assertThat(mine.folder()).exists();
  }

  @Test
  void closingTheProviderClosesItsSandboxesAndLeavesNothing() throws Exception {
    Sandbox sandbox = open(image("", List.of()));
    provider().close();
    assertThat(sandbox.processes()).isEmpty();
    assertThat(temp.resolve("scratch/local")).doesNotExist();
  }

  @Test
  void theStatusSaysWhatIsNotIsolated() {
    assertThat(provider().status().notIsolated()).isNotEmpty();
    assertThat(provider().status().limitsEnforced()).isFalse();
    assertThat(provider().status().engine()).isNotBlank();
  }

  private LocalSandboxProvider provider() {
    if (provider == null) {
      provider =
          new LocalSandboxProvider(
              new ProviderSettings(Owner.self(), temp.resolve("scratch"), temp, List.of()));
    }
    return provider;
  }

  private ImageSource image(String dockerfile, List<String> tools) throws Exception {
    Path context = Files.createDirectories(temp.resolve("context"));
    Path file =
        Files.writeString(context.resolve("Dockerfile"), "FROM pacebench/starter\n" + dockerfile);
    return new ImageSource.Dockerfile(context, file, TIMEOUT, tools);
  }

  private Sandbox open(ImageSource source) {
    return open(source, Limits.none());
  }

  private Sandbox open(ImageSource source, Limits limits) {
    return provider()
        .open(
            SandboxSpec.builder("test", "run", provider().prepare(source), Duration.ofMinutes(2))
                .limits(limits)
                .build());
  }

  private static String out(Sandbox sandbox, String script) throws InterruptedException {
    var result = sandbox.run(Command.of(script, TIMEOUT));
    assertThat(result.succeeded()).as(result.stderr().text()).isTrue();
    return result.stdout().text();
  }
}
