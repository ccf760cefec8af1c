package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("local")
class LocalSandboxWithoutBubblewrapTest extends LocalSandboxTest {

  @Override
  protected SandboxProvider newProvider(Path scratch) {
    super.newProvider(scratch);
    return new LocalSandboxProvider(
        new ProviderSettings(Owner.self(), scratch, scratch, ProviderSettings.DEFAULT_DROPPED),
        false);
  }

  /** Refused here instead. */
  @Override
  @Test
  void aMountedFolderCanBeReadAndRunAndNeverWritten() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> openMounted(new Mount(host, "/opt/tools")))
        .matches(e -> e.kind() == Kind.UNAVAILABLE && e.remedy().contains("install bubblewrap"));
  }

  @Override
  @Test
  void aLinkInTheWayOfAMountNeverLeadsToTheHost() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> openMounted(new Mount(host, "/opt/tools")))
        .withMessageContaining("bubblewrap");
  }

  @Override
  @Test
  void aMountWithoutASourceIsRefused() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> openMounted(new Mount(host.resolve("none"), "/opt/tools")))
        .withMessageContaining("bubblewrap");
  }
}
