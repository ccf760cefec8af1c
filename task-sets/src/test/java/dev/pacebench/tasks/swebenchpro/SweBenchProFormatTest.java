package dev.pacebench.tasks.swebenchpro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TestLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads rows of SWE-bench Pro with their scripts. */
class SweBenchProFormatTest {

  private static final String ID = "instance_NodeBB__NodeBB-" + "ab".repeat(20) + "-vnan";
  private static final String HEAD =
      "repo,instance_id,base_commit,patch,test_patch,problem_statement,requirements,interface,"
          + "repo_language,fail_to_pass,pass_to_pass,before_repo_set_cmd,selected_test_files_to_run\n";

  @TempDir private Path folder;

  @BeforeEach
  void scripts() throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("run_scripts").resolve(ID));
    Files.writeString(scripts.resolve("run_script.sh"), "echo \"$1\"\n");
    Files.writeString(scripts.resolve("parser.py"), "pass\n");
    Path base = Files.createDirectories(folder.resolve("dockerfiles/base_dockerfile").resolve(ID));
    Files.writeString(
        base.resolve("Dockerfile"), "FROM x\nENV A=1 B=2\nENV OLD some thing\nRUN y\n");
  }

  private Task read(String rows) throws IOException {
    Files.writeString(folder.resolve("pro.csv"), HEAD + rows);
    assertThat(new SweBenchProFormat().recognises(folder)).isTrue();
    return new SweBenchProFormat().read("pro", folder).tasks().get(0);
  }

  private static String row(String failToPass) {
    return "NodeBB/NodeBB,"
        + ID
        + ","
        + "cd".repeat(20)
        + ",diff,diff,\"It fails,\nwith \"\"x\"\"\","
        + "Must work,None,js,"
        + failToPass
        + ",\"['b']\",\"git reset --hard\ngit checkout "
        + "ef".repeat(20)
        + " -- test/a.js\",\"['test/a.js', \"\"test/it's.js\"\"]\"\r\n";
  }

  @Test
  void aRowOfCsvBecomesATask() throws IOException {
    Task task = read(row("\"['a | it\\'s \\u00e9', 'c']\""));
    assertThat(task.instruction())
        .isEqualTo(
            "It fails,\nwith \"x\"\n\nRequirements:\nMust work\n\nNew interfaces introduced:\nNone");
    assertThat(task.environment().image())
        .contains("jefzda/sweap-images:nodebb.nodebb-NodeBB__NodeBB-" + "ab".repeat(20));
    CodeChange change = task.change().orElseThrow();
    assertThat(change.tests().orElseThrow())
        .isEqualTo(new TestLists(List.of("a | it's é", "c"), List.of("b")));
    Judge.ProScripts judge = (Judge.ProScripts) change.judge();
    assertThat(judge.testFiles()).containsExactly("test/a.js", "test/it's.js");
    assertThat(judge.before()).startsWith("git checkout efef").endsWith("-- test/a.js");
    assertThat(judge.env()).isEqualTo("export A=1 B=2\nexport OLD='some thing'\n");
    assertThat(change.workdir()).isEqualTo("/app");
  }

  @Test
  void brokenRowsAndMissingScriptsAreNamed() {
    assertThatThrownBy(() -> read(row("a b")))
        .hasMessageContaining("pro.csv:2: fail_to_pass: is \"a b\"");
    assertThatThrownBy(() -> read(row("\"['a']\"").replace("-vnan", "-v1")))
        .hasMessageContaining("run_script.sh")
        .hasMessageContaining("put the published folder run_scripts beside the rows");
    assertThatThrownBy(() -> read("one,two\n"))
        .hasMessageContaining("pro.csv:2: has 2 values for 13 columns");
  }

  @Test
  void tagsFollowThePublishedRule() {
    assertThat(
            ProRow.tag("instance_Org__Repo-" + "a".repeat(40) + "-v" + "b".repeat(90), "Org/Repo"))
        .hasSize(128)
        .startsWith("org.repo-Org__Repo-aaaa");
    assertThat(ProRow.tag("instance_e-1-vnan", "element-hq/element-web"))
        .isEqualTo("element-hq.element-e-1");
  }

  @Test
  void onlyPassedTestsCount() {
    TestLists lists = new TestLists(List.of("a"), List.of("b"));
    String all =
        "{\"tests\":[{\"name\":\"a\",\"status\":\"PASSED\"},{\"name\":\"b\",\"status\":\"%s\"}]}";
    assertThat(ProReport.read(String.format(all, "PASSED")).grade(lists).resolved()).isTrue();
    assertThat(ProReport.read(String.format(all, "SKIPPED")).grade(lists).resolved()).isFalse();
    assertThat(ProReport.read("{}").grade(lists).rejected()).contains("no list of tests");
    assertThat(ProReport.read("nonsense").grade(lists).resolved()).isFalse();
  }
}
