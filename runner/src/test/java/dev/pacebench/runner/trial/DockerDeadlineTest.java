package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerDeadlineTest extends DeadlinePromise {

  @Override
  String providerName() {
    return "docker";
  }
}
