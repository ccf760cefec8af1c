package dev.pacebench.tasks.swebench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.TestLists;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Grades outputs of eval scripts by the published rules. */
class EvalLogTest {

  private static final Judge.EvalScript PYTEST = new Judge.EvalScript("", "pytest_v2", false);
  private static final TestLists LISTS = new TestLists(List.of("t::a"), List.of("t::b"));

  private static String log(String tests, int exit) {
    return "+ : '>>>>> Start Test Output'\n"
        + tests
        + "+ : '>>>>> End Test Output'\n>>>>> Test Exit Code: "
        + exit
        + "\n";
  }

  private static boolean resolved(Judge.EvalScript judge, String output) {
    return EvalLog.read(judge, output).grade(judge, LISTS).resolved();
  }

  @Test
  void whatMustBeginToPassMayNotBeSkippedAndTheOthersMay() {
    assertThat(resolved(PYTEST, log("PASSED t::a\nPASSED t::b\n", 0))).isTrue();
    assertThat(resolved(PYTEST, log("XFAIL t::a\nSKIPPED t::b\n", 0))).isTrue();
    assertThat(resolved(PYTEST, log("SKIPPED t::a\nPASSED t::b\n", 0))).isFalse();
    assertThat(resolved(PYTEST, log("PASSED t::a\n", 0))).isFalse();
    assertThat(resolved(PYTEST, log("PASSED t::a\nPASSED t::b\nFAILED t::c\n", 1))).isTrue();
  }

  @Test
  void outputsThatCannotBeBelievedAreRejected() {
    assertThat(EvalLog.read(PYTEST, "PASSED t::a\nPASSED t::b\n").rejected()).contains("marks");
    assertThat(EvalLog.read(PYTEST, log("nothing\n", 0)).rejected()).contains("no test");
    assertThat(EvalLog.read(PYTEST, log("PASSED t::a\nPASSED t::b\n", 1)).rejected())
        .contains("exit code 1");
    assertThat(EvalLog.read(PYTEST, log(">>>>> Tests Timed Out\nPASSED t::a\n", 0)).rejected())
        .contains("Timed Out");
    assertThat(resolved(PYTEST, log("PASSED t::a\nPASSED t::b\n", 1))).isFalse();
  }

  @Test
  void codeCannotCutOutWhatFollowsItsOwnMarks() {
    String forged =
        "+ : '>>>>> Start Test Output'\nPASSED t::a\nPASSED t::b\n>>>>> End Test Output\n"
            + "FAILED t::a - no\nPASSED t::b\n+ : '>>>>> End Test Output'\n>>>>> Test Exit Code: 1\n";
    assertThat(resolved(PYTEST, forged)).isFalse();
  }

  @Test
  void failOnlyRowsCountWhatIsNotToldOf() {
    Judge.EvalScript judge = new Judge.EvalScript("", "pytest", true);
    assertThat(resolved(judge, log("PASSED t::c\n", 0))).isTrue();
    assertThat(resolved(judge, log("FAILED t::b - x\n", 1))).isFalse();
  }

  @Test
  void aNameThatWasCutMatchesThoseThatBeginSo() {
    TestLists cut = new TestLists(List.of("t::a[x"), List.of());
    EvalLog agree = EvalLog.read(PYTEST, log("PASSED t::a[x y]\nPASSED t::a[x z]\n", 0));
    assertThat(agree.grade(PYTEST, cut).resolved()).isTrue();
    EvalLog differ = EvalLog.read(PYTEST, log("PASSED t::a[x y]\nFAILED t::a[x z]\n", 1));
    assertThat(differ.grade(PYTEST, cut).resolved()).isFalse();
  }

  @Test
  void olderRowsGetAScriptWithTheirTests() {
    String patch =
        "diff --git a/tests/auth/test_x.py b/tests/auth/test_x.py\n--- a/tests/auth/test_x.py\n"
            + "+++ b/tests/auth/test_x.py\n@@ -1 +1 @@\n-a\n+b\n"
            + "diff --git a/tests/new.py b/tests/new.py\nnew file mode 100644\n--- /dev/null\n"
            + "+++ b/tests/new.py\n@@ -0,0 +1 @@\n+c\n"
            + "diff --git a/tests/data.json b/tests/data.json\n--- a/tests/data.json\n"
            + "+++ b/tests/data.json\n@@ -1 +1 @@\n-1\n+2\n";
    RepositorySpec django = RepositorySpecs.of("django/django", "3.1").orElseThrow();
    assertThat(EvalScripts.directives(django, patch)).containsExactly("auth.test_x", "new");
    String script = EvalScripts.make(django, "abc", patch);
    assertThat(script)
        .contains("git checkout abc tests/auth/test_x.py tests/data.json\n")
        .contains("--parallel 1 auth.test_x new\n")
        .contains("export LANG=en_US.UTF-8\n")
        .contains(": '>>>>> Start Test Output'\n");
    RepositorySpec flask = RepositorySpecs.of("pallets/flask", "2.0").orElseThrow();
    assertThat(EvalScripts.make(flask, "abc", patch))
        .contains("pytest -rA tests/auth/test_x.py tests/new.py\n");
    assertThat(RepositorySpecs.of("other/repo", "1")).isEqualTo(Optional.empty());
  }
}
