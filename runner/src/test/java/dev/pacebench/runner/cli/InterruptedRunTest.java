package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A runner that is stopped or killed, in a process of its own. */
@Tag("local")
class InterruptedRunTest {

  private static final int PLANNED = 12;

  /** A line of progress. */
  private static final Pattern RESULT = Pattern.compile("\\[\\d+/" + PLANNED + "\\]");

  @TempDir Path folder;
  private CommandLineTester pacebench;
  private Path home;
  private Path err;

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    err = folder.resolve("err");
    pacebench = new CommandLineTester(home);
  }

  @Test
  void aRunThatIsStoppedThenEndedAtOnceThenKilledHasOneResultPerTrial() throws Exception {
    Process runner =
        startAndWaitForAResult(
            "run",
            "-t",
            writeTask().toString(),
            "-l",
            "oracle-nop",
            "--sandbox",
            "local",
            "-k",
            Integer.toString(PLANNED / 2),
            "-j",
            "2");
    runner.destroy();

    assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(runner.exitValue()).isEqualTo(3);
    assertThat(Files.readString(err)).contains("was stopped", "pacebench resume ");
    assertThat(status().get("state").asString()).isEqualTo("stopped");
    assertThat(scratch()).isSubsetOf("local");

    runner = startAndWaitForAResult("resume", "latest");
    runner.destroy();
    runner.destroy();

    assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(runner.exitValue()).isEqualTo(3);
    assertThat(Files.readString(err)).contains("pacebench resume ");

    runner = startAndWaitForAResult("resume", "latest");
    runner.destroyForcibly().waitFor();

    JsonNode status = status();
    assertThat(status.get("state").asString()).isEqualTo("interrupted");
    assertThat(status.get("runner_alive").asBoolean()).isFalse();
    assertThat(pacebench.run("table", "latest").code()).isZero();
    resumeAndCount();
    assertThat(scratch()).isSubsetOf("local");
  }

  /** Something that takes its time, and no more than that. */
  private Path writeTask() throws IOException {
    Path task = folder.resolve("set/waits");
    write(task.resolve("instruction.md"), "Wait.\n");
    write(
        task.resolve("task.toml"),
        "schema_version = \"1.4\"\n[environment]\nnetwork_mode = \"no-network\"\n");
    write(task.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
    write(task.resolve("solution/solve.sh"), "#!/bin/sh\nsleep 1\ntouch /app/done\n");
    write(
        task.resolve("tests/test.sh"),
        "#!/bin/sh\n{ [ -e /app/done ] && echo 1 || echo 0; } >/logs/verifier/reward.txt\n");
    return task.getParent();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (file.toString().endsWith(".sh")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private Process startAndWaitForAResult(String... command)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString()));
    line.addAll(List.of(command));
    Process runner =
        new ProcessBuilder(line)
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!RESULT.matcher(Files.readString(err)).find()) {
      assertThat(runner.isAlive()).as(Files.readString(err)).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
    return runner;
  }

  private JsonNode status() {
    return JsonMapper.shared().readTree(pacebench.run("status", "--json").out());
  }

  private List<String> scratch() throws IOException {
    try (Stream<Path> left = Files.list(home.resolve("scratch"))) {
      return left.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void resumeAndCount() {
    Result resume = pacebench.run("resume", "latest");
    assertThat(resume.code()).as(resume.err()).isZero();
    List<String> trials =
        pacebench
            .run("export", "latest")
            .out()
            .lines()
            .map(JsonMapper.shared()::readTree)
            .map(one -> one.get("contender").asString() + one.get("attempt").asInt())
            .toList();
    assertThat(trials).hasSize(PLANNED).doesNotHaveDuplicates();
  }
}
