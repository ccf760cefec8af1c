package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a task adds that is solved by changing a repository: nothing but the change is carried to a
 * fresh sandbox, where tests that the agent never saw decide.
 *
 * @param workdir absolute path of the repository in the sandbox
 * @param repository where it comes from
 * @param judge how its tests are run
 * @param tests which of them decide; absent until they were computed, and no run takes the task
 *     then
 * @param reference a change that solves the task
 */
public record CodeChange(
    String workdir,
    Repository repository,
    Judge judge,
    Optional<TestLists> tests,
    Optional<Patch> reference) {

  public CodeChange {
    if (!workdir.startsWith("/") || workdir.equals("/")) {
      throw new IllegalArgumentException("workdir must be an absolute path below /: " + workdir);
    }
    requireNonNull(repository, "repository is null");
    requireNonNull(judge, "judge is null");
    requireNonNull(tests, "tests is null");
    requireNonNull(reference, "reference is null");
  }
}
