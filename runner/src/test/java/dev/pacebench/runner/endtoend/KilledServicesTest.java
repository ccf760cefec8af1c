package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services of a runner that was killed with signal 9 go with the next run, as all else of it. */
@Tag("docker")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledServicesTest {

  @TempDir Path folder;

  @Test
  void nothingOfThemIsLeft() throws Exception {
    Path set = set();
    Pacebench pacebench = new Pacebench(folder);
    Pacebench.Started run = pacebench.start(arguments(set, "oracle"));
    Set<Long> owner = Set.of(run.process().pid());
    while (!isUnderWay(Leftovers.inEngine(owner))) {
      assertThat(run.process().isAlive()).as(run.text()).isTrue();
      Thread.sleep(100);
    }
    run.process().destroyForcibly().waitFor();
    assertThat(Leftovers.inEngine(owner)).isNotEmpty();

    Pacebench.Started next = pacebench.start(arguments(set, "nop"));
    assertThat(next.await(200)).as(next.text()).isZero();
    assertThat(Leftovers.inEngine(owner)).isEmpty();
    assertThat(Leftovers.inEngine(Set.of(next.process().pid()))).isEmpty();
  }

  private static String[] arguments(Path set, String contender) {
    return new String[] {
      "run", "-t", set.toString(), "-l", "oracle-nop", "--contender", contender, "-k", "1"
    };
  }

  /** Relay, service and sandbox with a volume; then the service is about to be started, or runs. */
  private static boolean isUnderWay(List<String> found) {
    return found.stream().anyMatch(it -> it.startsWith("volume"))
        && found.stream().filter(it -> it.startsWith("container")).count() >= 3;
  }

  private Path set() throws Exception {
    Path task = folder.resolve("set/waits");
    write(task, "instruction.md", "Wait.\n");
    write(task, "task.toml", "[environment]\nnetwork_mode = \"no-network\"\n");
    write(task, "environment/Dockerfile", "FROM pacebench/starter\n");
    write(
        task,
        "environment/docker-compose.yaml",
        """
        services:
          main: {volumes: ["shared:/shared"]}
          other:
            image: ${MAIN_IMAGE_NAME}
            command: sleep 600
            restart: always
            volumes: ["shared:/shared", /own]
        volumes: {shared: {}}
        """);
    write(task, "tests/test.sh", "#!/bin/sh\necho 0 >/logs/verifier/reward.txt\n");
    write(task, "solution/solve.sh", "#!/bin/sh\nsleep 600\n");
    return task.getParent();
  }

  private static void write(Path task, String name, String text) throws Exception {
    Path file = task.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (name.endsWith(".sh")) {
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
  }
}
