package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.local.LocalSandboxProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
  void commandsAndSandboxesAreQuick() throws Exception {
    Sandbox sandbox = open();
    long[] nanos = new long[200];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = run(sandbox, "true").elapsed().toNanos();
    }
    Arrays.sort(nanos);
    long[] opens = new long[20];
    for (int i = 0; i < opens.length; i++) {
      long start = System.nanoTime();
      open().close();
      opens[i] = System.nanoTime() - start;
    }
    Arrays.sort(opens);
    System.out.printf(
        "local: true %.2f ms, open and close %.1f ms (medians)%n",
        nanos[100] / 1e6, opens[10] / 1e6);
    assertThat(nanos[100]).isLessThan(30_000_000L);
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
