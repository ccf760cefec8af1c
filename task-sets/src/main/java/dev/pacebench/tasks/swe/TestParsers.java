package dev.pacebench.tasks.swe;

import java.util.List;

/** The parsers of our own format, by name. */
public final class TestParsers {

  /** As {@code [verifier] parser} spells them. */
  public static final List<String> NAMES =
      List.of("pytest", "unittest", "junit", "tap", "go", "jest", "node", "lines");

  private TestParsers() {}

  public static TestParser named(String name) {
    return switch (name) {
      case "pytest" -> new PytestParser();
      case "unittest" -> new UnittestParser();
      case "junit" -> new JunitParser();
      case "tap" -> new TapParser();
      case "go" -> new GoParser();
      case "jest" -> new SpecParser(true);
      case "node" -> new NodeParser();
      case "lines" -> new LinesParser();
      default -> throw new IllegalArgumentException("no parser " + name);
    };
  }
}
