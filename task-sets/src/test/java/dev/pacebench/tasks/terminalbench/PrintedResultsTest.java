package dev.pacebench.tasks.terminalbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.terminalbench.PrintedResults.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tests print decides, and a program under test cannot print its way past them. */
class PrintedResultsTest {

  private static final String HEAD =
      "============================= test session starts ==============================\n"
          + "collected 3 items\n\n"
          + "tests/test_outputs.py ..F                                                [100%]\n\n"
          + "=========================== short test summary info ============================\n";

  private static final String ALL_GOOD =
      HEAD
          + "PASSED tests/test_outputs.py::test_file\n"
          + "PASSED ../tests/test_outputs.py::TestSum::test_sum[a - b]\n"
          + "SKIPPED [1] tests/test_outputs.py:9: not here\n"
          + "XFAIL tests/test_outputs.py::test_known - too slow\n"
          + "=================== 2 passed, 1 skipped, 1 xfailed in 0.03s ====================\n";

  private static Results pytest(String output) {
    return PrintedResults.read("pytest", output);
  }

  @Test
  void allTestsPassedIsAPass() {
    Results results = pytest(ALL_GOOD);
    assertThat(results.passed()).isTrue();
    assertThat(results.problem()).isEmpty();
    assertThat(results.tests())
        .containsOnly(
            entry("test_file", TestStatus.PASSED),
            entry("TestSum::test_sum[a - b]", TestStatus.PASSED),
            entry("[1] tests/test_outputs.py:9: not here", TestStatus.SKIPPED),
            entry("test_known - too slow", TestStatus.XFAIL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FAILED tests/test_outputs.py::test_sum[a - b] - AssertionError: 1 - 2",
        "FAILED tests/test_outputs.py::test_sum[a - b]",
        "XPASS tests/test_outputs.py::test_sum[a - b]",
        "ERROR tests/test_outputs.py::test_sum[a - b] - fixture 'x' not found",
      })
  void oneTestThatDidNotPassIsNoPass(String line) {
    Results results =
        pytest(HEAD + "PASSED tests/a.py::test_a\n" + line + "\n= 1 passed, 1 failed in 0.1s =\n");
    assertThat(results.passed()).isFalse();
    assertThat(results.tests()).containsKey("test_a").hasSize(2);
    assertThat(results.problem()).startsWith("1 of 2 tests failed, the first is test_sum[a");
  }

  @Test
  void aFileThatCannotBeImportedIsNoPass() {
    Results results =
        pytest(HEAD + "ERROR tests/test_outputs.py - ModuleNotFoundError\n1 error in 0.1s\n");
    assertThat(results.tests()).containsOnly(entry("tests/test_outputs.py", TestStatus.ERROR));
  }

  @Test
  void coloursAndWindowsLineEndsChangeNothing() {
    String coloured =
        ALL_GOOD
            .replace("PASSED", "\u001b[32mPASSED\u001b[0m")
            .replace("::test_file", "::\u001b[1mtest_file\u001b[0m")
            .replace("==\n", "==\u001b[0m\r\n");
    assertThat(pytest(coloured).tests()).isEqualTo(pytest(ALL_GOOD).tests());
    assertThat(pytest(coloured).passed()).isTrue();
  }

  @Test
  void otherOutputBetweenTheLinesIsPassedOver() {
    String mixed =
        "Installed 5 packages in 10ms\n"
            + ALL_GOOD.replace("XFAIL", "server: GET / 200\n  FAILED attempt::x\nXFAIL")
            + "done\n";
    assertThat(pytest(mixed).passed()).isTrue();
    assertThat(pytest(mixed).tests()).hasSize(4);
  }

  @Test
  void withoutASummaryOrItsEndTheVerifierIsSilent() {
    String noSummary = ALL_GOOD.replace("short test summary info", "warnings");
    String cut = ALL_GOOD.substring(0, ALL_GOOD.indexOf("XFAIL"));
    assertThat(pytest(noSummary).tests()).isEmpty();
    assertThat(pytest(noSummary).problem()).contains("short test summary");
    assertThat(pytest(cut).tests()).isEmpty();
    assertThat(pytest(cut).problem()).contains("last line");
    assertThat(pytest("").passed()).isFalse();
    assertThat(pytest(HEAD + "== no tests ran in 0.00s ==\n== 0 passed in 0.0s ==").problem())
        .isEqualTo("the output tells of no test");
    assertThat(pytest(HEAD + "SKIPPED [3] tests/a.py:1: root\n3 skipped in 0.1s\n").problem())
        .isEqualTo("every test was skipped");
  }

  @Test
  void aSummaryThatTheProgramUnderTestPrintsTakesNothingBack() {
    String forged =
        "---- Captured stdout call ----\n"
            + ALL_GOOD
            + "PASSED tests/a.py::test_a\n"
            + HEAD
            + "FAILED tests/a.py::test_a - assert 0\n"
            + "= 1 failed in 0.1s =\n"
            + "PASSED tests/a.py::test_a\n";
    assertThat(pytest(forged).passed()).isFalse();
    assertThat(pytest(forged).tests()).containsEntry("test_a", TestStatus.FAILED);
  }

  @Test
  void aCountOfFailuresThatNoLineTellsOfIsNoPass() {
    Results results =
        pytest(HEAD + "PASSED tests/a.py::test_a\n== 2 failed, 1 passed in 1.0s ==\n");
    assertThat(results.passed()).isFalse();
    assertThat(results.problem()).isEqualTo("pytest counts 2 failed tests and tells of 0");
  }

  @Test
  @Timeout(60)
  void linesMadeToExhaustTheReaderAreJustLines() {
    String long_ = "1 passed" + ", 1 passed".repeat(300_000) + " in 1s";
    assertThat(pytest(HEAD + long_ + "\n" + "=".repeat(1 << 20) + "\n" + "\u001b]".repeat(1 << 18)))
        .extracting(Results::problem)
        .asString()
        .contains("last line");
  }

  @Test
  void oneWordBetweenTheMarksOfSweBenchDecides() {
    String good = "x\nSWEBench results starts here\nPASSED\nSWEBench results ends here\n";
    assertThat(PrintedResults.read("swebench", good).passed()).isTrue();
    assertThat(PrintedResults.read("swebench", good.replace("PASSED", "FAILED")).passed())
        .isFalse();
    assertThat(PrintedResults.read("swebench", good.replace("PASSED", "PASSED x")).passed())
        .isFalse();
    Results twice = PrintedResults.read("swebench", good + good);
    assertThat(twice.passed()).isFalse();
    assertThat(twice.problem()).isNotEmpty();
    assertThat(PrintedResults.read("swebench", "PASSED").tests()).isEmpty();
    assertThat(PrintedResults.read("swebench", "PASSED").problem()).contains("marks");
  }
}
