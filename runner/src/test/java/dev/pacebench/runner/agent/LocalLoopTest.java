package dev.pacebench.runner.agent;

import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import org.junit.jupiter.api.Tag;

@Tag("local")
class LocalLoopTest extends LoopInSandbox {

  @Override
  SandboxProvider provider(ProviderSettings settings) {
    return new LocalSandboxProvider(settings);
  }
}
