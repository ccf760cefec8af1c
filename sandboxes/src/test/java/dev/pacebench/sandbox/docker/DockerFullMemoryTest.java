package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an agent's processes held a moment before a freeze must not cost the next command. */
@Tag("docker")
class DockerFullMemoryTest extends DockerFixture {

  /** Too little for an exec, enough for the keep-alive. */
  private static final String ALMOST_NONE = "700000";

  private static final String MUCH = "268435456";

  @Test
  void aCommandIsStartedAsSoonAsThereIsMemoryAgain() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      Path group = memoryGroup(sandbox.id());
      limit(group, ALMOST_NONE);
      FutureTask<String> command = new FutureTask<>(() -> out(sandbox, "echo works"));
      Thread thread = new Thread(command);
      thread.start();
      while (!killedSomething(group)) {
        assertThat(command.isDone()).as("without memory").isFalse();
        Thread.sleep(5);
      }
      limit(group, MUCH);
      assertThat(command.get(60, TimeUnit.SECONDS)).isEqualTo("works\n");
    }
  }

  @Test
  void aSandboxWhoseMemoryStaysFullLosesItsCommandsAndNothingElse() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      Path group = memoryGroup(sandbox.id());
      limit(group, ALMOST_NONE);
      assertThat(run(sandbox, "true").end()).isEqualTo(End.DISPATCHER_LOST);
      limit(group, MUCH);
      assertThat(out(sandbox, "echo works")).isEqualTo("works\n");
    }
  }

  /** The container's group in version 1 or 2 of control groups. */
  private Path memoryGroup(String container) throws IOException {
    Long pid = docker.inspectContainerCmd(container).exec().getState().getPidLong();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts[1].equals("memory") || parts[1].isEmpty()) {
        Path group = Path.of("/sys/fs/cgroup", parts[1]).resolve(parts[2].substring(1));
        if (parts[2].contains(container) && Files.isWritable(limitFile(group))) {
          return group;
        }
      }
    }
    return Assumptions.abort("only root of the engine's host can take a container's memory away");
  }

  private static Path limitFile(Path group) {
    Path first = group.resolve("memory.limit_in_bytes");
    return Files.exists(first) ? first : group.resolve("memory.max");
  }

  private static void limit(Path group, String bytes) throws IOException {
    Files.writeString(limitFile(group), bytes);
  }

  private static boolean killedSomething(Path group) throws IOException {
    Path first = group.resolve("memory.oom_control");
    Path file = Files.exists(first) ? first : group.resolve("memory.events");
    return Files.readAllLines(file).stream().anyMatch(line -> line.matches("oom_kill [1-9]\\d*"));
  }
}
