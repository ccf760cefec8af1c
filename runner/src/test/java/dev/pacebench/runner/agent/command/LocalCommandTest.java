package dev.pacebench.runner.agent.command;

import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import org.junit.jupiter.api.Tag;

@Tag("local")
class LocalCommandTest extends CommandInSandbox {

  @Override
  SandboxProvider provider(ProviderSettings settings) {
    return new LocalSandboxProvider(settings);
  }
}
