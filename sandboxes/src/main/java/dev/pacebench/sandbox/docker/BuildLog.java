package dev.pacebench.sandbox.docker;

import java.util.ArrayDeque;
import java.util.Deque;

/** The end of a build's output, and the step that it had come to. */
final class BuildLog {

  private static final int LINES = 40;
  private static final int LONGEST = 500;

  private final Deque<String> tail = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private String step = "";
  private String error = "";

  synchronized void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        endLine();
      } else if (line.length() < LONGEST) {
        line.append(c);
      }
    }
  }

  private void endLine() {
    String text = line.toString().replaceAll("\\e\\[[0-9;]*[A-Za-z]", "").stripTrailing();
    line.setLength(0);
    if (text.isEmpty()) {
      return;
    }
    if (text.matches("Step \\d+/\\d+ : .*")) {
      step = text;
      tail.clear();
    }
    tail.addLast(text);
    if (tail.size() > LINES) {
      tail.removeFirst();
    }
  }

  synchronized void fail(String message) {
    error = message;
  }

  synchronized String error() {
    return error;
  }

  /** The step that was under way, such as {@code Step 2/3 : RUN make}. */
  synchronized String step() {
    return step;
  }

  /** The last lines, since the step began. */
  synchronized String tail() {
    endLine();
    return String.join("\n", tail);
  }
}
