package dev.pacebench.tasks.swe;

/** Reads what one kind of test runner prints; a pure function of the text. */
public interface TestParser {

  /** Never throws: what cannot be read is left out, or is the report's doubt. */
  TestReport parse(String output);

  /** A test's name as {@link #parse} gives it, for one that people may spell otherwise. */
  default String canonical(String name) {
    return name;
  }
}
