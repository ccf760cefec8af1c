package dev.pacebench.tasks.swebench;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a repository is installed and tested where its row does not say.
 *
 * @param prepare commands before anything else
 * @param install run after the change is in place
 * @param test runs tests; what to run is appended
 * @param parser reads what it prints
 * @param dotted whether tests are named as Python modules below {@code tests}, not as files
 */
record RepositorySpec(
    List<String> prepare, String install, String test, String parser, boolean dotted) {

  RepositorySpec {
    prepare = List.copyOf(prepare);
    requireNonNull(install, "install is null");
    requireNonNull(test, "test is null");
    requireNonNull(parser, "parser is null");
  }
}
