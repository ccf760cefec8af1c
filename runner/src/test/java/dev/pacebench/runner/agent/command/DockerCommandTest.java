package dev.pacebench.runner.agent.command;

import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerCommandTest extends CommandInSandbox {

  @Override
  SandboxProvider provider(ProviderSettings settings) {
    return new DockerSandboxProvider(settings);
  }
}
