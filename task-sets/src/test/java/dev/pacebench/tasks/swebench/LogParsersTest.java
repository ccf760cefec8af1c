package dev.pacebench.tasks.swebench;

import static dev.pacebench.tasks.TestStatus.ERROR;
import static dev.pacebench.tasks.TestStatus.FAILED;
import static dev.pacebench.tasks.TestStatus.PASSED;
import static dev.pacebench.tasks.TestStatus.SKIPPED;
import static dev.pacebench.tasks.TestStatus.XFAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pacebench.tasks.TestStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every family of log parsers gives the statuses that the published ones give. */
class LogParsersTest {

  private static Map<String, TestStatus> parse(String parser, String log) {
    return LogParsers.named(parser).parse(log);
  }

  @Test
  void pytestLinesCarryTheStatusFirstOrSecond() {
    assertThat(
            parse(
                "parse_log_pytest",
                "PASSED t/a.py::one\nFAILED t/a.py::two - assert 0\nSKIPPED [1] t/a.py:3: x\n"
                    + "ERROR t/b.py::c\nXFAIL t/a.py::d\nt/a.py::e PASSED\nPASSEDnot a test\n"
                    + "t/a.py::f PASSED   [ 12%]\nPASSED t/a.py::g[x y]\n"))
        .containsOnly(
            entry("t/a.py::one", PASSED),
            entry("t/a.py::two", FAILED),
            entry("t/b.py::c", ERROR),
            entry("t/a.py::d", XFAIL),
            entry("t/a.py::e", PASSED),
            entry("t/a.py::f", PASSED),
            entry("t/a.py::g[x", PASSED));
  }

  @Test
  void theSecondVersionDropsColoursAndKeepsBlanksInNames() {
    assertThat(
            parse(
                "astropy",
                "\u001b[32mPASSED\u001b[0m t/a.py::\u001b[1mone\u001b[0m\nPASSED t/a.py::g[x y]\n"
                    + "FAILED t/a.py::h[x y] - why\nt/a.py::i[q r] PASSED [ 50%]\n"))
        .containsOnly(
            entry("t/a.py::one", PASSED),
            entry("t/a.py::g[x y]", PASSED),
            entry("t/a.py::h[x y]", FAILED),
            entry("t/a.py::i[q r]", PASSED));
  }

  @Test
  void optionsThatArePathsAreCutToTheirLastPart() {
    assertThat(
            parse(
                "requests",
                "PASSED t.py::a[/tmp/x/file.txt]\nPASSED t.py::b[//host/x]\nFAILED t.py::c[/a/*]\n"
                    + "PASSED t.py::d\n"))
        .containsOnly(
            entry("t.py::a[/file.txt]", PASSED),
            entry("t.py::b[//host/x]", PASSED),
            entry("t.py::c[/a/*]", FAILED),
            entry("t.py::d", PASSED));
  }

  @Test
  void matplotlibsButtonsBecomeNumbersAndSeabornKnowsTwoStatuses() {
    assertThat(parse("matplotlib", "PASSED t.py::click[MouseButton.LEFT]\n"))
        .containsOnly(entry("t.py::click[1]", PASSED));
    assertThat(
            parse(
                "seaborn", "FAILED t.py::a - x\nt.py::b PASSED [ 1%]\nPASSED t.py::c\nSKIPPED d\n"))
        .containsOnly(entry("t.py::a", FAILED), entry("t.py::b", PASSED), entry("t.py::c", PASSED));
  }

  @Test
  void djangosOwnRunnerIsReadAlsoWhereOutputInterruptsIt() {
    assertThat(
            parse(
                "django",
                "test_one (app.tests.T) ... ok\ntest_two (app.tests.T)\nWhat it does ... FAIL\n"
                    + "test_three (app.tests.T) ... skipped 'no'\ntest_four (app.tests.T) ... ERROR\n"
                    + "test_five (app.tests.T) ... some noise\nok\n"
                    + "test_six (app.tests.T) ... Internal Server Error: /x/\nok\n"
                    + "FAIL: test_seven (app.tests.T)\n"))
        .contains(
            entry("test_one (app.tests.T)", PASSED),
            entry("What it does", FAILED),
            entry("test_three (app.tests.T)", SKIPPED),
            entry("test_four (app.tests.T)", ERROR),
            entry("test_five (app.tests.T)", PASSED),
            entry("test_six (app.tests.T)", PASSED),
            entry("test_seven", FAILED));
  }

  @Test
  void sympysOwnRunnerIsRead() {
    assertThat(
            parse(
                "sympy",
                "sympy/core/tests/test_a.py[3]\ntest_one ok\ntest_two F\ntest_three E\n"
                    + "________ sympy/core/tests/test_a.py:test_two ________\n"))
        .containsOnly(
            entry("test_one", PASSED),
            entry("test_two", FAILED),
            entry("test_three", ERROR),
            entry("sympy/core/tests/test_a.py:test_two", FAILED));
  }

  @Test
  void everyRepositoryOfTheTableHasAKnownParser() {
    for (String repository :
        "astropy/astropy django/django matplotlib/matplotlib mwaskom/seaborn pallets/flask psf/requests pydata/xarray pylint-dev/pylint pytest-dev/pytest scikit-learn/scikit-learn sphinx-doc/sphinx sympy/sympy"
            .split(" ")) {
      assertThat(LogParsers.knows(RepositorySpecs.of(repository, "1.0").orElseThrow().parser()))
          .as(repository)
          .isTrue();
    }
  }
}
