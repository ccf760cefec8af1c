package dev.pacebench.tasks.swe;

import static dev.pacebench.tasks.TestStatus.ERROR;
import static dev.pacebench.tasks.TestStatus.FAILED;
import static dev.pacebench.tasks.TestStatus.PASSED;
import static dev.pacebench.tasks.TestStatus.SKIPPED;
import static dev.pacebench.tasks.TestStatus.XFAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each parser gives the statuses that its runner's output tells of. */
class TestParsersTest {

  private static TestReport parse(String parser, String output) {
    return TestParsers.named(parser).parse(output);
  }

  @Test
  void pytestsSummaryAndVerboseLinesAreRead() {
    TestReport summary =
        parse(
            "pytest",
            "=== short test summary info ===\nPASSED a/test_x.py::test_one\n"
                + "PASSED a/test_x.py::test_two[a b]\nFAILED a/test_x.py::test_three - assert 1 == 2\n"
                + "ERROR a/test_y.py - ImportError\nSKIPPED [2] a/test_x.py:4: no\n"
                + "XFAIL a/test_x.py::test_four - later\nXPASS a/test_x.py::test_five\n"
                + "=== 1 failed, 2 passed, 2 skipped, 1 xfailed, 1 xpassed, 1 error in 0.12s ===\n");
    assertThat(summary.tests())
        .containsOnly(
            entry("a/test_x.py::test_one", PASSED),
            entry("a/test_x.py::test_two[a b]", PASSED),
            entry("a/test_x.py::test_three", FAILED),
            entry("a/test_y.py", ERROR),
            entry("a/test_x.py::test_four", XFAIL),
            entry("a/test_x.py::test_five", FAILED));
    assertThat(summary.doubt()).isEmpty();
    TestReport verbose =
        parse(
            "pytest",
            "t.py::\u001b[1mtest_a\u001b[0m \u001b[32mPASSED\u001b[0m          [ 50%]\n"
                + "t.py::test_b SKIPPED (why)      [100%]\n==== 1 passed, 1 skipped in 0.01s ====\n");
    assertThat(verbose.tests())
        .containsOnly(entry("t.py::test_a", PASSED), entry("t.py::test_b", SKIPPED));
    assertThat(verbose.doubt()).isEmpty();
  }

  @Test
  void unittestIsReadInOldAndNewFormWithDocstringsAndNoise() {
    TestReport report =
        parse(
            "unittest",
            "test_a (t.test_x.T) ... ok\ntest_b (t.test_x.T.test_b) ... FAIL\n"
                + "test_c (t.test_x.T.test_c)\nSays what it is for ... ok\n"
                + "test_d (t.test_x.T.test_d) ... noise of the code\nok\n"
                + "test_e (t.test_x.T.test_e) ... skipped 'no'\n"
                + "test_f (t.test_x.T.test_f) ... expected failure\n"
                + "test_g (t.test_x.T.test_g) ... unexpected success\n"
                + "setUpClass (t.test_y.S) ... ERROR\n\n"
                + "======\nFAIL: test_b (t.test_x.T.test_b)\n------\n"
                + "Ran 7 tests in 0.003s\n\nFAILED (failures=1)\n");
    assertThat(report.tests())
        .containsOnly(
            entry("t.test_x.T.test_a", PASSED),
            entry("t.test_x.T.test_b", FAILED),
            entry("t.test_x.T.test_c", PASSED),
            entry("t.test_x.T.test_d", PASSED),
            entry("t.test_x.T.test_e", SKIPPED),
            entry("t.test_x.T.test_f", XFAIL),
            entry("t.test_x.T.test_g", FAILED),
            entry("t.test_y.S.setUpClass", ERROR));
    assertThat(report.doubt()).isEmpty();
  }

  @Test
  void junitReportsAreReadWhereverTheyStand() {
    TestReport report =
        parse(
            "junit",
            "building...\n<?xml version=\"1.0\"?>\n<testsuite name=\"a\"><testcase classname=\"p.A\""
                + " name=\"one\"/><testcase classname=\"p.A\" name=\"two\"><failure>no</failure>"
                + "</testcase></testsuite>\nmore\n<testsuites><testsuite><testcase name=\"three\">"
                + "<skipped/></testcase><testcase name=\"four\"><error/></testcase></testsuite>"
                + "</testsuites>\n");
    assertThat(report.tests())
        .containsOnly(
            entry("p.A.one", PASSED),
            entry("p.A.two", FAILED),
            entry("three", SKIPPED),
            entry("four", ERROR));
    assertThat(report.doubt()).isEmpty();
    assertThat(parse("junit", "<testsuite><testcase name='a'/>").doubt()).isPresent();
    assertThat(
            parse(
                    "junit",
                    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite>"
                        + "<testcase name='&e;'/></testsuite>")
                .tests()
                .keySet())
        .noneMatch(name -> name.contains("root"));
  }

  @Test
  void tapIsReadWithSubtestsDirectivesAndItsPlan() {
    TestReport report =
        parse(
            "tap",
            "TAP version 13\n1..5\nok 1 - adds\nnot ok 2 - subtracts\n  ---\n  message: no\n  ...\n"
                + "# Subtest: suite\n    ok 1 - inner\n    not ok 2 - other # TODO later\n    1..2\n"
                + "ok 3 - suite # time=1ms\nok 4 # skip not here\nok 5 - # SKIP\n");
    assertThat(report.tests())
        .contains(
            entry("adds", PASSED),
            entry("subtracts", FAILED),
            entry("suite > inner", PASSED),
            entry("suite > other", XFAIL),
            entry("4", SKIPPED));
    assertThat(report.doubt()).isEmpty();
    assertThat(parse("tap", "1..3\nok 1 - a\n").doubt()).hasValueSatisfying(this::namesThree);
    assertThat(parse("tap", "1..1\nok 1 - a\nBail out! broken\n").doubt()).isPresent();
  }

  private void namesThree(String doubt) {
    assertThat(doubt).contains("3 tests");
  }

  @Test
  void goJestAndNodeAreRead() {
    assertThat(
            parse(
                    "go",
                    "=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB/sub\n"
                        + "--- FAIL: TestB (0.01s)\n    --- FAIL: TestB/sub (0.00s)\n"
                        + "--- SKIP: TestC (0.00s)\nFAIL\nFAIL\texample.com/p\t0.01s\n")
                .tests())
        .containsOnly(
            entry("TestA", PASSED),
            entry("TestB", FAILED),
            entry("TestB/sub", FAILED),
            entry("TestC", SKIPPED));
    TestReport jest =
        parse(
            "jest",
            "PASS test/sum.test.js\n  sum\n    ✓ adds (3 ms)\n    nested\n      ✕ fails\n"
                + "    ○ skipped later\n  ● sum › nested › fails\n\n    expect(1)\n\n"
                + "Tests:       1 failed, 1 skipped, 1 passed, 3 total\n");
    assertThat(jest.tests())
        .containsOnly(
            entry("sum > adds", PASSED),
            entry("sum > nested > fails", FAILED),
            entry("sum > later", SKIPPED));
    assertThat(jest.doubt()).isEmpty();
    TestReport spec =
        parse(
            "node",
            "▶ list\n  ✔ adds (0.5ms)\n  ✖ removes (0.3ms)\n▶ list (2ms)\n\n✔ alone (1ms)\n"
                + "ℹ tests 3\nℹ pass 2\nℹ fail 1\n\n✖ failing tests:\n\n✖ removes (0.3ms)\n");
    assertThat(spec.tests())
        .containsOnly(
            entry("list > adds", PASSED), entry("list > removes", FAILED), entry("alone", PASSED));
    assertThat(
            parse("node", "TAP version 13\n# Subtest: a\nok 1 - a\n  ---\n  ...\n1..1\n").tests())
        .containsOnly(entry("a", PASSED));
  }

  @Test
  void aTestThatIsToldOfTwiceHasItsWorstStatus() {
    assertThat(parse("lines", "PASSED a\nFAILED a\nPASSED a\nPASSED b c\n").tests())
        .containsOnly(entry("a", FAILED), entry("b c", PASSED));
    assertThat(
            parse("unittest", "test_a (t.T) ... ok\ntest_a (t.T) ... FAIL\nRan 2 tests in 0s\n")
                .tests())
        .containsOnly(entry("t.T.test_a", FAILED));
  }

  static final List<List<String>> UNFINISHED =
      List.of(
          List.of("pytest", "PASSED a.py::b\n"),
          List.of("pytest", "PASSED a.py::b\nPASSED a.py::c\n== 1 passed in 0.1s ==\n"),
          List.of("unittest", "test_a (t.T) ... ok\n"),
          List.of("unittest", "test_a (t.T) ... ok\ntest_b (t.T) ... ok\nRan 1 test in 0s\n"),
          List.of("go", "--- PASS: TestA (0.00s)\n"),
          List.of("jest", "  ✓ adds\n"));

  @ParameterizedTest
  @FieldSource("UNFINISHED")
  void outputThatDoesNotAddUpIsDoubted(List<String> example) {
    assertThat(parse(example.get(0), example.get(1)).doubt()).isPresent();
  }

  @ParameterizedTest
  @FieldSource("dev.pacebench.tasks.swe.TestParsers#NAMES")
  void noOutputIsTooStrangeToBeRead(String parser) {
    for (String output : List.of("", "\0\u001b[31m", "((((", "<testsuite", "ok", "1..x\nok 1")) {
      assertThat(parse(parser, output)).isNotNull();
    }
  }
}
