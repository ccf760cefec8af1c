package dev.pacebench.tasks.swe;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.TestStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a parser found in the output of tests.
 *
 * @param tests by name, in the order of the output; a test told of twice has its worst status
 * @param doubt why the output as a whole cannot be believed, such as a count that does not fit
 */
public record TestReport(Map<String, TestStatus> tests, Optional<String> doubt) {

  public TestReport {
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
    requireNonNull(doubt, "doubt is null");
  }
}
