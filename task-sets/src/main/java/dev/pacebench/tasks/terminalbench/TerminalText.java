package dev.pacebench.tasks.terminalbench;

import java.util.List;
import java.util.regex.Pattern;

/** Output as a person would read it. */
final class TerminalText {

  private static final Pattern ANSI =
      Pattern.compile("\u001b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\))");
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

  private TerminalText() {}

  /**
   * Lines without colours and other control characters; what a line was overwritten with is one.
   */
  static List<String> lines(String output) {
    String shown = ANSI.matcher(output.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
    return CONTROLS.matcher(shown).replaceAll("").lines().map(String::stripTrailing).toList();
  }
}
