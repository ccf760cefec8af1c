package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerOuterLimitTest extends OuterLimitPromise {

  @Override
  String providerName() {
    return "docker";
  }
}
