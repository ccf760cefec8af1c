package dev.pacebench.runner.check;

import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.TestStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tests of a repository tell its fixed state from its broken one; pure.
 *
 * @param failToPass passed in no run without the reference and in all with it
 * @param passToPass passed in all runs
 * @param unsteady tests that passed in some runs of the same state only, with what they did
 */
record DecidingTests(
    List<String> failToPass, List<String> passToPass, Map<String, String> unsteady) {

  DecidingTests {
    failToPass = List.copyOf(failToPass);
    passToPass = List.copyOf(passToPass);
    unsteady = Map.copyOf(unsteady);
  }

  /**
   * Sorts tests.
   *
   * @param without what runs without the reference told
   * @param with what runs with the reference told
   */
  static DecidingTests of(
      List<Map<String, TestStatus>> without, List<Map<String, TestStatus>> with) {
    TreeSet<String> names = new TreeSet<>();
    without.forEach(run -> names.addAll(run.keySet()));
    with.forEach(run -> names.addAll(run.keySet()));
    List<String> failToPass = new ArrayList<>();
    List<String> passToPass = new ArrayList<>();
    Map<String, String> unsteady = new TreeMap<>();
    for (String name : names) {
      long before = passes(without, name);
      long after = passes(with, name);
      boolean steady =
          (before == 0 || before == without.size()) && (after == 0 || after == with.size());
      if (!steady) {
        unsteady.put(
            name,
            before
                + " of "
                + without.size()
                + " times without the reference, "
                + after
                + " of "
                + with.size()
                + " with it");
      } else if (after > 0) {
        (before > 0 ? passToPass : failToPass).add(name);
      }
    }
    return new DecidingTests(failToPass, passToPass, unsteady);
  }

  private static long passes(List<Map<String, TestStatus>> runs, String name) {
    return runs.stream()
        .filter(run -> Optional.ofNullable(run.get(name)).map(TestStatus::passes).orElse(false))
        .count();
  }

  /** What a task would name; absent when no test tells the states apart. */
  Optional<TestLists> lists() {
    return failToPass.isEmpty()
        ? Optional.empty()
        : Optional.of(new TestLists(failToPass, passToPass));
  }
}
