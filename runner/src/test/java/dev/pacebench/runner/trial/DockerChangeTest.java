package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

/** Changes in containers. */
@Tag("docker")
@Tag("slow")
class DockerChangeTest extends ChangePromise {

  DockerChangeTest() {
    super("docker");
  }
}
