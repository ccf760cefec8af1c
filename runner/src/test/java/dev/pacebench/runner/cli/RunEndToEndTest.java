package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole run by its commands, in the local sandbox. */
@Tag("local")
class RunEndToEndTest {

  private static final String TASK = "lost-names";

  @TempDir Path folder;
  private CommandLineTester pacebench;
  private Path home;

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    pacebench = new CommandLineTester(home);
  }

  private Result start(String... more) {
    return pacebench.run(
        Stream.concat(
                Stream.of(
                    "run",
                    "-t",
                    "starter-terminal",
                    "-l",
                    "oracle-nop",
                    "--sandbox",
                    "local",
                    "--only",
                    TASK),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void whatARunLeavesCanBeReadInEveryWay() throws IOException {
    Result run = start();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("oracle", "100.0 %", "1/1", "nop", "0.0 %");
    assertThat(run.err()).contains("2 trials to run", "[2/2]", "next: pacebench show");

    assertThat(pacebench.run("runs").out())
        .contains("done", "2/2", "starter-terminal", "oracle-nop");
    assertThat(pacebench.run("status").out()).contains("2 planned, 2 done", "1 solved, 1 failed");
    assertThat(pacebench.run("show", "latest").out()).contains(TASK + ".oracle.1", TASK + ".nop.1");
    assertThat(pacebench.run("show", "latest", TASK + ".oracle").out())
        .contains("outcome    solved", "timeline", "verify", "evidence", "conditions");
    Result twice = pacebench.run("show", "latest", TASK);
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains(TASK + ".oracle.1", TASK + ".nop.1");

    JsonNode table = JsonMapper.shared().readTree(pacebench.run("table", "latest", "--json").out());
    assertThat(table.get("contenders").size()).isEqualTo(2);
    List<JsonNode> trials =
        pacebench.run("export", "latest").out().lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(trials).hasSize(2);
    assertThat(trials.get(0).propertyNames())
        .contains(
            "run",
            "task_set",
            "task",
            "contender",
            "attempt",
            "outcome",
            "ended",
            "solved",
            "agent_seconds",
            "wall_seconds",
            "tries",
            "simulated");
    assertThat(pacebench.run("export", "latest").out())
        .isEqualTo(pacebench.run("export", "latest").out());
    assertThat(pacebench.run("export", "latest", "--format", "csv").out().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(20));
    try (Stream<Path> left = Files.list(home.resolve("scratch"))) {
      assertThat(left.map(path -> path.getFileName().toString())).isSubsetOf("local");
    }
  }

  @Test
  void jsonGivesOneDocumentAndQuietNothingBesideIt() {
    Result run = start("--json", "-q");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode document = JsonMapper.shared().readTree(run.out());
    assertThat(document.get("planned").asInt()).isEqualTo(2);
    assertThat(document.get("state").asString()).isEqualTo("done");
    assertThat(document.at("/table/contenders").size()).isEqualTo(2);
  }

  @Test
  void aResumeAddsAttemptsAndRepeatsNothing() {
    start();
    String before = pacebench.run("export", "latest").out();

    Result resume = pacebench.run("resume", "latest", "-k", "1", "-j", "2");

    assertThat(resume.code()).as(resume.err()).isZero();
    assertThat(resume.err()).contains("2 trials to run, 2 done before, 2 at a time");
    assertThat(pacebench.run("export", "latest").out()).startsWith(before).hasLineCount(4);
    assertThat(pacebench.run("resume", "latest").err()).contains("0 trials to run, 4 done before");
    assertThat(pacebench.run("export", "latest").out()).hasLineCount(4);
  }

  @Test
  void aResumeRefusesTasksThatChanged() throws IOException {
    Path set = folder.resolve("set");
    copy(Path.of("../task-sets/sets/starter-terminal", TASK), set.resolve(TASK));
    Result run =
        pacebench.run("run", "-t", set.toString(), "-l", "oracle-nop", "--sandbox", "local");
    assertThat(run.code()).as(run.err()).isZero();
    Files.writeString(set.resolve(TASK).resolve("instruction.md"), "Do something else.\n");

    Result resume = pacebench.run("resume", "latest", "-k", "1");

    assertThat(resume.code()).isEqualTo(2);
    assertThat(resume.err()).contains("edited since", TASK, "restore their files");
  }

  @Test
  void aDoctorSaysWhatWorksAndWhatIsWrongWithALineup() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "contenders: []\n");

    Result fine = pacebench.run("doctor", "-l", "oracle-nop");
    Result wrong = pacebench.run("doctor", "-l", bad.toString());

    assertThat(fine.code()).as(fine.out()).isZero();
    assertThat(fine.out()).contains("ok    java", "ok    local", "not isolated", "ok    lineup");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.out()).contains("fail  lineup", "remedy: list at least one");
    assertThat(home).doesNotExist();
  }

  @Test
  void aSecondRunnerIsRefusedWithWhoHoldsTheHome() {
    try (OwnerLock held = OwnerLock.take(new Home(home), Owner.self())) {
      Result run = start();

      assertThat(held).isNotNull();
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .contains("error: ", "remedy: ", Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void networkThatTheLineupForbidsIsRefusedBeforeAnyTrial() throws IOException {
    Path set = folder.resolve("set");
    copy(Path.of("../task-sets/sets/starter-terminal", TASK), set.resolve(TASK));
    Path file = set.resolve(TASK).resolve("task.toml");
    Files.writeString(file, Files.readString(file).replaceFirst("(?m)^network_mode.*$", ""));

    Result run =
        pacebench.run(
            "run", "-t", set.toString(), "-l", "oracle-nop", "--sandbox", "local", "--only", TASK);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("network");
    assertThat(pacebench.run("runs").out()).isEmpty();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
