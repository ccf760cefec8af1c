package dev.pacebench.tasks.swe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.TestLists;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which outputs solve a task, and which files of a change are not heeded. */
class GraderTest {

  private static final TestLists LISTS = new TestLists(List.of("a"), List.of("b"));

  private static Grade grade(String output, int exitCode) {
    TestParser parser = TestParsers.named("lines");
    return Grader.grade(LISTS, parser, parser.parse(output), exitCode);
  }

  @Test
  void everyDecidingTestMustBeToldOfAndPass() {
    assertThat(grade("PASSED a\nPASSED b\n", 0).resolved()).isTrue();
    assertThat(grade("PASSED a\nPASSED b\nFAILED c\n", 1).resolved()).isTrue();
    assertThat(grade("PASSED a\n", 0).passToPassMissed()).containsExactly("b");
    assertThat(grade("PASSED a\nSKIPPED b\n", 0).resolved()).isFalse();
    assertThat(grade("SKIPPED a\nPASSED b\n", 0).failToPassMissed()).containsExactly("a");
  }

  @Test
  void anExitCodeThatContradictsTheOutputRejectsIt() {
    Grade grade = grade("PASSED a\nPASSED b\n", 139);
    assertThat(grade.resolved()).isFalse();
    assertThat(grade.rejected()).contains("exit code 139");
  }

  @Test
  void suitesMayBeLeftOutWhereTheTestIsClear() {
    TestParser parser = TestParsers.named("tap");
    TestLists lists = new TestLists(List.of("inner"), List.of());
    String one = "# Subtest: s\n    ok 1 - inner\nok 1 - s\n";
    assertThat(Grader.grade(lists, parser, parser.parse(one), 0).resolved()).isTrue();
    String two = one + "# Subtest: r\n    not ok 1 - inner\nnot ok 2 - r\n";
    assertThat(Grader.grade(lists, parser, parser.parse(two), 1).resolved()).isFalse();
  }

  @Test
  void filesThatSteerTheTestsAreNamedAndOthersAreNot() {
    Judge.Commands judge =
        new Judge.Commands(
            List.of("make"),
            "sh tests/run.sh && python3 -m pytest",
            "pytest",
            Optional.empty(),
            Optional.empty());
    List<String> touched =
        List.of(
            "src/app.py",
            "conftest.py",
            "src/conftest.py",
            "Makefile",
            "tests/run.sh",
            "tests/unit/test_app.py",
            "tests/unit/helpers.py",
            "tests/other/x.py",
            "logging.py",
            "pyproject.toml",
            "docs/Makefile.md",
            "src/run.sh");
    SteeringFiles files =
        new SteeringFiles(judge, List.of("tests/unit/test_app.py"), List.of("src/app.py"));
    assertThat(files.among(touched, List.of("logging.py")))
        .containsExactly(
            "conftest.py",
            "src/conftest.py",
            "Makefile",
            "tests/run.sh",
            "tests/unit/test_app.py",
            "tests/unit/helpers.py",
            "logging.py",
            "pyproject.toml");
    assertThat(files.among(touched, List.of())).doesNotContain("logging.py");
    SteeringFiles settings =
        new SteeringFiles(judge, List.of("tests/t.py"), List.of("pyproject.toml"));
    assertThat(settings.among(List.of("pyproject.toml"), List.of())).isEmpty();
  }

  @Test
  void hiddenTestsBesideTheCodeLeaveTheCodeAlone() {
    Judge.Commands judge =
        new Judge.Commands(List.of(), "go test -v ./...", "go", Optional.empty(), Optional.empty());
    SteeringFiles files =
        new SteeringFiles(judge, List.of("list/list_test.go"), List.of("list/list.go"));
    assertThat(files.among(List.of("list/list.go", "list/node.go", "list/main_test.go"), List.of()))
        .containsExactly("list/main_test.go");
    SteeringFiles unknown = new SteeringFiles(judge, List.of("list/list_test.go"), List.of());
    assertThat(unknown.among(List.of("list/list.go"), List.of())).isEmpty();
  }

  @Test
  void aPatchNamesItsPathsInWhateverWayTheyAreWritten() {
    String patch =
        "diff --git a/old.py b/new.py\nsimilarity index 90%\nrename from old.py\nrename to new.py\n"
            + "diff --git \"a/gr\\303\\274n.txt\" \"b/gr\\303\\274n.txt\"\n--- /dev/null\n"
            + "+++ \"b/gr\\303\\274n.txt\"\n@@ -0,0 +1 @@\n+x\n--- a/plain.c\t2020\n+++ b/plain.c\t2020\n";
    assertThat(PatchPaths.of(patch.getBytes(StandardCharsets.UTF_8)))
        .containsExactlyInAnyOrder("old.py", "new.py", "grün.txt", "plain.c");
  }
}
