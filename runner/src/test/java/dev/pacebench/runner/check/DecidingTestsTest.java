package dev.pacebench.runner.check;

import static dev.pacebench.tasks.TestStatus.ERROR;
import static dev.pacebench.tasks.TestStatus.FAILED;
import static dev.pacebench.tasks.TestStatus.PASSED;
import static dev.pacebench.tasks.TestStatus.SKIPPED;
import static dev.pacebench.tasks.TestStatus.XFAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.TestStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which tests tell a repository's fixed state from its broken one. */
class DecidingTestsTest {

  @Test
  void testsAreSortedByWhatTheReferenceChanges() {
    DecidingTests tests =
        DecidingTests.of(
            List.of(
                Map.of(
                    "fixed",
                    FAILED,
                    "broke",
                    ERROR,
                    "kept",
                    PASSED,
                    "lost",
                    PASSED,
                    "never",
                    FAILED,
                    "skipped",
                    SKIPPED,
                    "expected",
                    XFAIL)),
            List.of(
                Map.of(
                    "fixed",
                    PASSED,
                    "broke",
                    PASSED,
                    "kept",
                    PASSED,
                    "lost",
                    FAILED,
                    "never",
                    FAILED,
                    "skipped",
                    SKIPPED,
                    "expected",
                    XFAIL,
                    "new",
                    PASSED)));

    assertThat(tests.failToPass()).containsExactly("broke", "fixed", "new");
    assertThat(tests.passToPass()).containsExactly("expected", "kept");
    assertThat(tests.unsteady()).isEmpty();
    assertThat(tests.lists()).map(TestLists::failToPass).contains(tests.failToPass());
  }

  @Test
  void flakyTestsAreNamedWithTheirRatesAndDecideNothing() {
    Map<String, TestStatus> good = Map.of("sure", PASSED, "shaky", PASSED);
    Map<String, TestStatus> bad = Map.of("sure", PASSED, "shaky", FAILED);

    DecidingTests tests =
        DecidingTests.of(
            List.of(Map.of("sure", FAILED), Map.of("sure", FAILED), Map.of("sure", FAILED)),
            List.of(good, bad, good));

    assertThat(tests.failToPass()).containsExactly("sure");
    assertThat(tests.unsteady())
        .containsExactly(Map.entry("shaky", "0 of 3 times without the reference, 2 of 3 with it"));
  }

  @Test
  void nothingThatBeginsToPassDecidesNothing() {
    assertThat(DecidingTests.of(List.of(Map.of("a", PASSED)), List.of(Map.of("a", PASSED))).lists())
        .isEmpty();
  }
}
