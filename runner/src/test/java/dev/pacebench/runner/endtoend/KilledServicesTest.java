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
    while (left(pacebench, owner).stream().filter(it -> it.startsWith("volume")).count() < 1
        || left(pacebench, owner).stream().filter(it -> it.startsWith("container")).count() < 3) {
      assertThat(run.process().isAlive()).as(run.text()).isTrue();
      Thread.sleep(20);
    }
    run.process().destroyForcibly().waitFor();
    assertThat(left(pacebench, owner)).isNotEmpty();

    Pacebench.Started next = pacebench.start(arguments(set, "nop"));
    assertThat(next.await(200)).as(next.text()).isZero();
    assertThat(left(pacebench, owner)).isEmpty();
    assertThat(left(pacebench, Set.of(next.process().pid()))).isEmpty();
  }

  private static String[] arguments(Path set, String contender) {
    return new String[] {
      "run", "-t", set.toString(), "-l", "oracle-nop", "--contender", contender, "-k", "1"
    };
  }

  /** What the engine has of an owner; files are another test's. */
  private static List<String> left(Pacebench pacebench, Set<Long> owner) throws Exception {
    Files.createDirectories(pacebench.home().resolve("runs"));
    return Leftovers.of(pacebench.home(), owner).stream()
        .filter(it -> it.matches("(container|volume|network) .*"))
        .toList();
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
