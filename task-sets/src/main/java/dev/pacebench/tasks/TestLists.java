package dev.pacebench.tasks;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tests that decide whether a change to a repository solves a task.
 *
 * @param failToPass fail before the change and must pass after it; never empty
 * @param passToPass pass before the change and must still pass after it
 */
public record TestLists(List<String> failToPass, List<String> passToPass) {

  public TestLists {
    failToPass = List.copyOf(failToPass);
    passToPass = List.copyOf(passToPass);
    if (failToPass.isEmpty()) {
      throw new IllegalArgumentException("no test must begin to pass");
    }
    Set<String> both = new HashSet<>(failToPass);
    both.retainAll(passToPass);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException("in both lists: " + both.iterator().next());
    }
  }
}
