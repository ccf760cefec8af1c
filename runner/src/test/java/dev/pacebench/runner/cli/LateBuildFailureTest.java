package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Dockerfile that is right to the eye and fails when it is built. */
@Tag("docker")
class LateBuildFailureTest {

  private static final String BASE = "FROM debian:bookworm-slim\nWORKDIR /app\n";

  @TempDir Path folder;
  private CommandLineTester pacebench;
  private Path set;

  @BeforeEach
  void setUp() throws IOException {
    pacebench = new CommandLineTester(folder.resolve("home"));
    set = folder.resolve("mine");
    task("broken", BASE + "RUN echo a telling line && cat /no/such/file\n");
    task("good", BASE);
  }

  private void task(String name, String dockerfile) throws IOException {
    Path task = set.resolve(name);
    write(task.resolve("environment/Dockerfile"), dockerfile);
    write(task.resolve("instruction.md"), "Write hello to /app/out.\n");
    write(
        task.resolve("tests/test.sh"),
        "#!/bin/sh\nif grep -q hello /app/out; then echo 1; else echo 0; fi"
            + " > /logs/verifier/reward.txt\n");
    write(task.resolve("solution/solve.sh"), "#!/bin/sh\necho hello > /app/out\n");
    write(
        task.resolve("task.toml"),
        "schema_version = \"1.4\"\n[environment]\nnetwork_mode = \"no-network\"\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Result start(String... more) {
    Stream<String> all =
        Stream.of("run", "-t", set.toString(), "-l", "oracle-nop", "--contender", "oracle");
    return pacebench.run(Stream.concat(all, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void theOtherTasksRunAndTheEndNamesTheFileAndTheRemedyWithExit2() {
    Result run = start();

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).contains("1/1").contains("lost");
    String told = run.err().substring(run.err().indexOf("error: "));
    assertThat(told)
        .contains("1 trial was lost", "task broken", "broken/environment/Dockerfile")
        .contains("a telling line")
        .contains("\nremedy: mend the task")
        .contains("--lost");
    assertThat(run.err()).doesNotContain("\uFFFD");

    Result page = pacebench.run("show", "latest", "broken");
    assertThat(page.out()).contains("outcome    lost", "    | a telling line", "env_build");
  }

  @Test
  void programsLearnItFromOneDocument() {
    Result run = start("--json", "-q");

    assertThat(run.code()).isEqualTo(2);
    JsonNode document = JsonMapper.shared().readTree(run.out());
    assertThat(document.get("lost").asInt()).isEqualTo(1);
    assertThat(document.get("lost_images").propertyNames()).containsExactly("broken");
    assertThat(JsonMapper.shared().readTree(run.err()).get("exit_code").asInt()).isEqualTo(2);
  }
}
