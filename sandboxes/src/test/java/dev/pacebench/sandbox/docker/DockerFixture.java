package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One provider per class over a plain Debian image, and an own client to look over its shoulder.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DockerFixture {

  static final String BASE = "debian:bookworm-slim";
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  static final Duration BUILD = Duration.ofMinutes(2);

  final DockerClient docker = client();
  DockerSandboxProvider provider;
  PreparedImage image;
  Path scratch;

  private static DockerClient client() {
    var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    return DockerClientImpl.getInstance(
        config, new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  DockerOptions options() {
    return DockerOptions.usual();
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    scratch = folder;
    provider = provider(options());
    image = provider.prepare(new ImageSource.Named(BASE, BUILD));
  }

  DockerSandboxProvider provider(DockerOptions options) {
    return new DockerSandboxProvider(
        settings(scratch.resolve(UUID.randomUUID().toString())), options);
  }

  static ProviderSettings settings(Path scratch) {
    return new ProviderSettings(
        Owner.self(),
        scratch,
        Path.of("images").toAbsolutePath(),
        ProviderSettings.DEFAULT_DROPPED);
  }

  @AfterAll
  void close() throws Exception {
    provider.close();
    docker.close();
  }

  static SandboxSpec spec(PreparedImage image) {
    return SandboxSpec.builder("test", "test-run", image, Duration.ofMinutes(5))
        .noNewPrivileges(false)
        .build();
  }

  static SandboxSpec withRelay(SandboxSpec spec, RelaySpec relay) {
    return spec.toBuilder().relay(Optional.of(relay)).build();
  }

  static SandboxSpec withMount(SandboxSpec spec, Mount mount) {
    return spec.toBuilder().mounts(List.of(mount)).build();
  }

  static SandboxSpec withLimits(SandboxSpec spec, Limits limits, boolean noNewPrivileges) {
    return spec.toBuilder().limits(limits).noNewPrivileges(noNewPrivileges).build();
  }

  static CommandResult run(Sandbox sandbox, String script) throws InterruptedException {
    return sandbox.run(Command.of(script, TIMEOUT));
  }

  static String out(Sandbox sandbox, String script) throws InterruptedException {
    CommandResult result = run(sandbox, script);
    assertThat(result.succeeded())
        .as("%s -> %s %s%s", script, result.end(), result.stdout(), result.stderr())
        .isTrue();
    return result.stdout().text();
  }

  /** A Dockerfile of its own that no earlier run has built. */
  static ImageSource.Dockerfile dockerfile(Path folder, String text) throws Exception {
    Files.createDirectories(folder);
    Path file =
        Files.writeString(
            folder.resolve("Dockerfile"), text.replace("UNIQUE", UUID.randomUUID().toString()));
    return new ImageSource.Dockerfile(folder, file, BUILD, List.of());
  }
}
