package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.docker.DockerOptions;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerSandboxTest extends SandboxBehaviour {

  static final Path IMAGES = Path.of("images").toAbsolutePath();

  DockerOptions options() {
    return DockerOptions.usual();
  }

  @Override
  protected SandboxProvider newProvider(Path scratch) {
    return new DockerSandboxProvider(
        new ProviderSettings(Owner.self(), scratch, IMAGES, ProviderSettings.DEFAULT_DROPPED),
        options());
  }

  @Override
  protected ImageSource imageSource(Path scratch) throws Exception {
    Path context = Files.createDirectory(scratch.resolve("context"));
    Path dockerfile =
        Files.writeString(context.resolve("Dockerfile"), "FROM pacebench/starter\nWORKDIR /work\n");
    return new ImageSource.Dockerfile(context, dockerfile, Duration.ofMinutes(10), List.of());
  }

  @Override
  protected void assertGone(String sandboxId) throws Exception {
    Process ps =
        new ProcessBuilder("docker", "ps", "-aq", "--no-trunc", "--filter", "id=" + sandboxId)
            .start();
    assertThat(new String(ps.getInputStream().readAllBytes())).isBlank();
  }
}
