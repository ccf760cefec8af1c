package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands about tasks, as far as nothing is run. */
class TasksCommandsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path temp;
  private CommandLineTester shell;
  private String set;

  @BeforeEach
  void aHome() {
    shell = new CommandLineTester(temp.resolve("home"));
    set = temp.resolve("my-set").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"terminal", "swe"})
  void newTaskPassesTheCheckOfItsFilesUnedited(String style) {
    Result made = shell.run("tasks", "new", set + "/first", "--style", style);
    Result checked = shell.run("tasks", "check", set, "-n", "0", "--json");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("wrote " + set + "/first/");
    assertThat(checked.code()).isZero();
    JsonNode report = JSON.readTree(checked.out());
    assertThat(report.get("clean").booleanValue()).isTrue();
    assertThat(report.get("tasks").get(0).get("task").asString()).isEqualTo("first");
    assertThat(report.get("tasks").get(0).get("findings")).isEmpty();
  }

  @Test
  void newTaskIsNeverWrittenOverAnother() throws Exception {
    shell.run("tasks", "new", set + "/first", "--style", "terminal");
    Path file = Files.writeString(temp.resolve("my-set/first/instruction.md"), "mine");

    Result again = shell.run("tasks", "new", set + "/first", "--style", "swe");

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is there already", "nothing is ever overwritten");
    assertThat(file).hasContent("mine");
  }

  @Test
  void wrongAnswersAreBadUsageWithTheNearestWord() {
    assertThat(shell.run("tasks", "new", set + "/a", "--style", "terminl").err())
        .contains("no such style", "terminal");
    assertThat(shell.run("tasks", "new", set + "/a").err()).contains("--style terminal");
    assertThat(
            shell
                .run("tasks", "new", set + "/a", "--style", "swe", "--difficulty", "tricky")
                .code())
        .isEqualTo(2);
    assertThat(temp.resolve("my-set")).doesNotExist();
  }

  @Test
  void answersComeIntoTheTask() {
    shell.run(
        "tasks",
        "new",
        set + "/a",
        "--style",
        "swe",
        "--name",
        "other",
        "--difficulty",
        "hard",
        "--category",
        "slugs");

    JsonNode shown = JSON.readTree(shell.run("tasks", "show", set, "other", "--json").out());
    assertThat(shown.get("difficulty").asString()).isEqualTo("hard");
    assertThat(shown.get("category").asString()).isEqualTo("slugs");
    assertThat(shown.get("fail_to_pass").intValue()).isEqualTo(2);
    assertThat(shown.get("lineup_must_allow")).isEmpty();
  }

  @Test
  void findingsSayWhereWhatAndWhatToDoAndGiveExitOne() throws Exception {
    shell.run("tasks", "new", set + "/good", "--style", "terminal");
    shell.run("tasks", "new", set + "/bad", "--style", "terminal");
    shell.run("tasks", "new", set + "/broken", "--style", "terminal");
    Files.writeString(temp.resolve("my-set/bad/tests/test.sh"), "#!/bin/sh\ntrue\n");
    Files.writeString(
        temp.resolve("my-set/bad/environment/Dockerfile"),
        "FROM pacebench/starter\nRUN pip install requests\n");
    Files.delete(temp.resolve("my-set/broken/instruction.md"));

    Result checked = shell.run("tasks", "check", set, "-n", "0");

    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out())
        .contains("ok    good")
        .contains("FAIL  bad")
        .contains("error: " + set + "/bad/tests/test.sh: no test writes a reward")
        .contains("warning: " + set + "/bad/environment/Dockerfile:2: pip installs requests")
        .contains("remedy: name the version: requests==VERSION")
        .contains("FAIL  broken")
        .contains("instruction.md")
        .contains("3 tasks, 2 errors, 1 warning");
    assertThat(shell.run("tasks", "check", set, "good", "-n", "0").code()).isZero();
  }

  @Test
  void badUsageOfCheckIsExitTwo() {
    shell.run("tasks", "new", set + "/good", "--style", "terminal");

    assertThat(shell.run("tasks", "check", set, "goood", "-n", "0"))
        .satisfies(
            result -> {
              assertThat(result.code()).isEqualTo(2);
              assertThat(result.err()).contains("no such task", "good");
            });
    assertThat(shell.run("tasks", "check", set, "-n", "101").code()).isEqualTo(2);
    assertThat(shell.run("tasks", "check", "no-such-set").code()).isEqualTo(2);
    assertThat(shell.run("tasks", "check", set, "--sandbox", "dcker").err()).contains("docker");
  }

  @Test
  void wrongScriptsOfSimulatedTiersAreErrors() throws Exception {
    shell.run("tasks", "new", set + "/a", "--style", "terminal");
    Files.writeString(
        temp.resolve("my-set/a/simulated/good.yaml"), "path: good\nturnz:\n  - text: x\n");

    Result checked = shell.run("tasks", "check", set, "-n", "0");

    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out()).contains("simulated").contains("turnz");
  }

  @Test
  void importedSetIsListedRunAndRemovedByItsName() throws Exception {
    shell.run("tasks", "new", set + "/a", "--style", "terminal");

    Result imported = shell.run("tasks", "import", set, "--name", "mine", "--reference");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.out()).contains("imported mine by reference: 1 task");
    assertThat(shell.run("tasks", "list").out()).containsPattern("mine +reference +harbor +1");
    assertThat(shell.run("tasks", "show", "mine", "a").code()).isZero();

    Files.writeString(temp.resolve("my-set/a/instruction.md"), "Something else.\n");
    Result changed = shell.run("tasks", "show", "mine", "a");
    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.err()).contains("not what was imported", "--accept");
    assertThat(shell.run("tasks", "list").out()).containsPattern("mine +imported|mine +reference");

    Result accepted = shell.run("tasks", "import", "--name", "mine", "--reference", "--accept");
    assertThat(accepted.code()).as(accepted.err()).isZero();
    assertThat(shell.run("tasks", "show", "mine", "a").code()).isZero();

    assertThat(shell.run("tasks", "remove", "mine").code()).isZero();
    assertThat(shell.run("tasks", "remove", "mine").code()).isEqualTo(2);
    assertThat(temp.resolve("my-set/a/task.toml")).exists();
  }

  @Test
  void importRefusesWhatContradictsItself() {
    shell.run("tasks", "new", set + "/a", "--style", "terminal");

    assertThat(shell.run("tasks", "import", set, "--name", "x", "--copy", "--reference").code())
        .isEqualTo(2);
    assertThat(shell.run("tasks", "import", "--name", "x").err()).contains("PATH");
    assertThat(shell.run("tasks", "import", set).code()).isEqualTo(2);
    assertThat(shell.run("tasks", "import", set, "--name", "steering").err())
        .contains("bundled set");
  }

  @Test
  void bundledSetsGiveNoWarning() {
    for (String bundled : new String[] {"starter-terminal", "starter-swe", "steering"}) {
      JsonNode report =
          JSON.readTree(shell.run("tasks", "check", bundled, "-n", "0", "--json").out());
      assertThat(report.get("errors").intValue()).as(report.toPrettyString()).isZero();
      assertThat(report.get("warnings").intValue()).as(report.toPrettyString()).isZero();
    }
  }
}
