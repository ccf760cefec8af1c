package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  private static final int PLANNED = 16;

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
  void aStopGivesRunningTrialsUpAndCanBeResumed() throws Exception {
    Process runner = startAndWaitForAResult();
    runner.destroy();

    assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(runner.exitValue()).isEqualTo(3);
    assertThat(Files.readString(err)).contains("was stopped", "pacebench resume ");
    assertThat(status().get("state").asString()).isEqualTo("stopped");
    assertThat(scratch()).isSubsetOf("local");
    resumeAndCount();
  }

  @Test
  void twoSignalsEndItAtOnce() throws Exception {
    Process runner = startAndWaitForAResult();
    runner.destroy();
    runner.destroy();

    assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(runner.exitValue()).isEqualTo(3);
    assertThat(Files.readString(err)).contains("pacebench resume ");
    resumeAndCount();
  }

  @Test
  void aKilledRunnerCanBeReadAtOnceAndResumed() throws Exception {
    Process runner = startAndWaitForAResult();
    runner.destroyForcibly().waitFor();

    JsonNode status = status();
    assertThat(status.get("state").asString()).isEqualTo("interrupted");
    assertThat(status.get("runner_alive").asBoolean()).isFalse();
    assertThat(pacebench.run("table", "latest").code()).isZero();
    resumeAndCount();
    assertThat(scratch()).isSubsetOf("local");
  }

  private Process startAndWaitForAResult() throws IOException, InterruptedException {
    Process runner =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "--home",
                    home.toString(),
                    "run",
                    "-t",
                    "starter-terminal",
                    "-l",
                    "oracle-nop",
                    "--sandbox",
                    "local",
                    "--only",
                    "broken-build",
                    "-k",
                    Integer.toString(PLANNED / 2),
                    "-j",
                    "2"))
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.readString(err).contains("[1/" + PLANNED + "]")) {
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
