package dev.pacebench.tasks.swe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The suites that are open in an indented list of tests. */
final class OpenSuites {

  static final String WITHIN = " > ";

  private final Deque<Suite> open = new ArrayDeque<>();

  private record Suite(int indent, String name) {}

  /** A suite begins. */
  void open(int indent, String name) {
    close(indent);
    open.push(new Suite(indent, name));
  }

  /** A result or suite of an indent ends those that were opened at it or deeper. */
  void close(int indent) {
    while (!open.isEmpty() && open.peek().indent() >= indent) {
      open.pop();
    }
  }

  void closeAll() {
    open.clear();
  }

  /** The full name of a test: {@code suite > test}. */
  String name(String test) {
    StringBuilder path = new StringBuilder();
    Iterator<Suite> outermostFirst = open.descendingIterator();
    while (outermostFirst.hasNext()) {
      path.append(outermostFirst.next().name()).append(WITHIN);
    }
    return path + test;
  }
}
