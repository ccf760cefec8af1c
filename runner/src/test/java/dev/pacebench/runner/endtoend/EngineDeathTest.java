package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** An engine that dies in the midst of a trial costs that try, and nothing else. */
@Tag("docker")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineDeathTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** No other process on this machine sleeps for just as long. */
  private static final String WORK = "sleep 4.%09d".formatted(ProcessHandle.current().pid());

  @TempDir Path folder;

  @Test
  void theTryIsLostTheRunEndsAndAResumeFinishesItAndLeavesNothing() throws Exception {
    Pacebench pacebench = new Pacebench(folder);
    Path wire = folder.resolve("engine.sock");
    Pacebench.Started run;
    try (SocketForwarder forwarder = new SocketForwarder(wire, engine())) {
      run =
          pacebench.start(
              Map.of("DOCKER_HOST", "unix://" + wire),
              "run",
              "-t",
              writeTask().toString(),
              "-l",
              "oracle-nop",
              "--contender",
              "oracle",
              "--sandbox",
              "docker");
      while (!works()) {
        assertThat(run.process().isAlive()).as(run.text()).isTrue();
        Thread.sleep(20);
      }
    }
    assertThat(run.await(200)).as(run.text()).isEqualTo(3);
    assertThat(run.text()).contains("engine.sock", "pacebench resume ");
    JsonNode lost = JSON.readTree(Files.readString(result(pacebench, 1))).path("pacebench");
    assertThat(lost.path("record").path("outcome").asString()).isEqualToIgnoringCase("lost");
    assertThat(lost.path("lost_cause").asString()).isEqualTo("engine");

    Pacebench.Started resume = pacebench.start("resume", "latest");
    assertThat(resume.await(200)).as(resume.text()).isZero();
    JsonNode trial = JSON.readTree(pacebench.require(0, "export", "latest", "--format", "jsonl"));
    assertThat(trial.path("solved").asBoolean()).isTrue();
    assertThat(trial.path("tries").asInt()).isEqualTo(2);
    assertThat(result(pacebench, 1)).exists();
    assertThat(Leftovers.of(pacebench.home(), Set.of(run.process().pid(), resume.process().pid())))
        .isEmpty();
  }

  private static Path engine() {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    Path socket = Path.of(host.replaceFirst("^unix://", ""));
    assumeTrue(Files.exists(socket), "the engine is not on a Unix socket of this machine");
    return socket;
  }

  private static boolean works() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(WORK));
  }

  private static Path result(Pacebench pacebench, int number) throws Exception {
    try (var files = Files.walk(pacebench.home().resolve("runs"))) {
      return files
          .filter(file -> file.endsWith("try-" + number + "/result.json"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Path writeTask() throws Exception {
    Path task = folder.resolve("set/slow");
    write(task, "instruction.md", "Write 1 into /app/out.txt.\n");
    write(
        task,
        "task.toml",
        "schema_version = \"1.4\"\n[agent]\ntimeout_sec = 120.0\n"
            + "[environment]\nnetwork_mode = \"no-network\"\n");
    write(task, "environment/Dockerfile", "FROM pacebench/starter\nWORKDIR /app\n");
    write(task, "solution/solve.sh", "#!/bin/sh\n" + WORK + "\necho 1 > /app/out.txt\n");
    write(
        task,
        "tests/test.sh",
        "#!/bin/sh\nif grep -q 1 /app/out.txt; then echo 1; else echo 0; fi"
            + " > /logs/verifier/reward.txt\n");
    return task.getParent();
  }

  private static void write(Path task, String name, String text) throws Exception {
    Path file = task.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
