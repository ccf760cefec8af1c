package dev.pacebench.sandbox;

import dev.pacebench.sandbox.local.LocalSandboxProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("local")
class LocalSandboxWithoutBubblewrapTest extends LocalSandboxTest {

  @Override
  protected SandboxProvider newProvider(Path scratch) {
    super.newProvider(scratch);
    return new LocalSandboxProvider(
        new ProviderSettings(Owner.self(), scratch, scratch, ProviderSettings.DEFAULT_DROPPED),
        false);
  }
}
