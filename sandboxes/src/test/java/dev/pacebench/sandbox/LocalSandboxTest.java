package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.local.LocalSandboxProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("local")
class LocalSandboxTest extends SandboxBehaviour {

  private Path scratch;

  @Override
  protected SandboxProvider newProvider(Path scratch) {
    this.scratch = scratch;
    return new LocalSandboxProvider(
        new ProviderSettings(Owner.self(), scratch, scratch, ProviderSettings.DEFAULT_DROPPED));
  }

  @Override
  protected ImageSource imageSource(Path scratch) throws Exception {
    Path context = Files.createDirectory(scratch.resolve("context"));
    Path dockerfile =
        Files.writeString(context.resolve("Dockerfile"), "FROM pacebench/starter\nWORKDIR /work\n");
    return new ImageSource.Dockerfile(context, dockerfile, Duration.ofMinutes(1), List.of("awk"));
  }

  @Override
  protected void assertGone(String sandboxId) {
    assertThat(scratch.resolve("local/sandboxes").resolve(sandboxId)).doesNotExist();
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(p -> p.info().commandLine().orElse("").contains(sandboxId));
  }

  @Test
  void manySandboxesOneAfterTheOtherLeaveNothing() throws Exception {
    for (int i = 0; i < 20; i++) {
      Sandbox sandbox = open();
      assertStillWorks(sandbox);
      sandbox.close();
      assertGone(sandbox.id());
    }
    assertThat(scratch.resolve("local/sandboxes")).isEmptyDirectory();
  }

  @Test
  void commandsHaveNoPowerAndOneUser() throws Exception {
    Sandbox sandbox = open();
    assertThat(out(sandbox, "id -un; id -u; echo $HOME; grep -c 'CapEff:.0*$' /proc/self/status"))
        .isEqualTo("agent\n1000\n/home/agent\n1\n");
    assertThat(out(sandbox, "grep NoNewPrivs /proc/self/status")).endsWith("1\n");
    assertThat(run(sandbox, "touch /usr/bin/x || touch /etc/alternatives/x").exitCode())
        .isNotZero();
    out(sandbox, "touch ~/f /tmp/f /var/tmp/f /run/f /f /logs/f /tests/f /etc/f f; pwd");
  }
}
