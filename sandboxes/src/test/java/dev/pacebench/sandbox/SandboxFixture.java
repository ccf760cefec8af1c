package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One provider and image per test class, sandboxes per test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SandboxFixture {

  static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir Path host;
  private final List<Sandbox> opened = new ArrayList<>();
  protected SandboxProvider provider;
  protected PreparedImage image;

  /** The provider under test; {@code scratch} lives as long as the class. */
  protected abstract SandboxProvider newProvider(Path scratch) throws Exception;

  /** An image with bash and coreutils in which commands run as a user who may write to /etc. */
  protected abstract ImageSource imageSource(Path scratch) throws Exception;

  /** Fails when a process, file or other thing of a closed sandbox is still there. */
  protected abstract void assertGone(String sandboxId) throws Exception;

  @BeforeAll
  void makeProvider(@TempDir Path scratch) throws Exception {
    provider = newProvider(scratch);
    image = provider.prepare(imageSource(scratch));
  }

  @AfterAll
  void closeProvider() {
    if (provider != null) {
      provider.close();
    }
  }

  @AfterEach
  void closeSandboxes() {
    opened.forEach(Sandbox::close);
    opened.clear();
  }

  final Sandbox open() {
    return open(Optional.empty(), Duration.ofMinutes(5));
  }

  final Sandbox open(Optional<RelaySpec> relay, Duration outerLimit) {
    return open(relay, outerLimit, List.of());
  }

  final Sandbox open(Optional<RelaySpec> relay, Duration outerLimit, List<Mount> mounts) {
    Sandbox sandbox =
        provider.open(
            SandboxSpec.builder("behaviour", "test-run", image, outerLimit)
                .relay(relay)
                .env(Map.of("FROM_SPEC", "spec"))
                .noNewPrivileges(false)
                .mounts(mounts)
                .build());
    opened.add(sandbox);
    // As a run does: what the next sandbox needs is made while this one is used.
    provider.prepareNext();
    return sandbox;
  }

  static CommandResult run(Sandbox sandbox, String script) throws InterruptedException {
    return sandbox.run(Command.of(script, TIMEOUT));
  }

  /** Runs a command that must succeed, and returns its output. */
  static String out(Sandbox sandbox, String script) throws InterruptedException {
    CommandResult result = run(sandbox, script);
    assertThat(result.succeeded()).as("%s -> %s", script, describe(result)).isTrue();
    return result.stdout().text();
  }

  static String describe(CommandResult result) {
    return result.end() + " " + result.exitCode() + " " + result.stdout() + result.stderr();
  }

  static void assertStillWorks(Sandbox sandbox) throws InterruptedException {
    assertThat(out(sandbox, "echo works")).isEqualTo("works\n");
  }

  /** Waits for a state, for as long as even a busy machine may need. */
  static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as(what).isNegative();
      Thread.sleep(25);
    }
  }
}
