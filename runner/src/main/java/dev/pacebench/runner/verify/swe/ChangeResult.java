package dev.pacebench.runner.verify.swe;

import static java.util.Objects.requireNonNull;

import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.swe.Grade;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tests said of a change in a fresh sandbox.
 *
 * @param applied whether the change could be applied
 * @param tests every test that was told of
 * @param grade how the deciding tests came out; absent when the task does not name them
 * @param problem what went wrong, in one clause; empty when nothing did
 * @param silent whether the tests never came to an end, so that running them again may help
 * @param exitCode of the command that ran the tests, -1 when it did not end by itself
 * @param restored files of the change that steer the tests and were taken from the base instead
 * @param seconds from the first command of the task's own to the end of its last
 */
public record ChangeResult(
    boolean applied,
    Map<String, TestStatus> tests,
    Optional<Grade> grade,
    String problem,
    boolean silent,
    int exitCode,
    List<String> restored,
    double seconds) {

  public ChangeResult {
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
    requireNonNull(grade, "grade is null");
    requireNonNull(problem, "problem is null");
    restored = List.copyOf(restored);
  }

  /** The change could not be applied, or something before the tests failed. */
  static ChangeResult untested(boolean applied, String problem, List<String> restored) {
    return new ChangeResult(applied, Map.of(), Optional.empty(), problem, false, -1, restored, 0);
  }

  /** The tests never came to an end. */
  static ChangeResult silent(String problem, double seconds) {
    return new ChangeResult(
        true, Map.of(), Optional.empty(), problem, true, -1, List.of(), seconds);
  }

  /** As above, from how the command ended. */
  static ChangeResult ended(TestRun run, String what) {
    String how =
        run.result().end() == CommandResult.End.TIMED_OUT
            ? " ran into the verifier's limit"
            : " was killed";
    return silent(what + how, run.seconds());
  }

  ChangeResult withRestored(List<String> paths) {
    return new ChangeResult(applied, tests, grade, problem, silent, exitCode, paths, seconds);
  }

  /** Whether every deciding test came out as it should. */
  public boolean resolved() {
    return applied && grade.map(Grade::resolved).orElse(false);
  }
}
