package dev.pacebench.sandbox;

import dev.pacebench.sandbox.docker.DockerOptions;
import org.junit.jupiter.api.Tag;

/** The same promises where there is no dispatcher for the engine's architecture. */
@Tag("docker")
class DockerPlainExecTest extends DockerSandboxTest {

  @Override
  DockerOptions options() {
    return DockerOptions.usual().withPlainExec();
  }
}
