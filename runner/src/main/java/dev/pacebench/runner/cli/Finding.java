package dev.pacebench.runner.cli;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * One line of an examination.
 *
 * @param check what was looked at, in one word
 * @param remedy empty when there is nothing to do
 */
record Finding(State state, String check, String what, String remedy) {

  private static final int LONGEST = 300;

  /** How good it is. */
  enum State {
    OK,
    WARN,
    FAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Finding {
    requireNonNull(state, "state is null");
    requireNonNull(check, "check is null");
    requireNonNull(what, "what is null");
    requireNonNull(remedy, "remedy is null");
  }

  static Finding ok(String check, String what) {
    return new Finding(State.OK, check, what, "");
  }

  static Finding warn(String check, String what, String remedy) {
    return new Finding(State.WARN, check, what, remedy);
  }

  static Finding fail(String check, String what, String remedy) {
    return new Finding(State.FAIL, check, what, remedy);
  }

  String line(boolean colour) {
    String mark = state.word();
    if (colour) {
      String code = state == State.OK ? "32" : state == State.WARN ? "33" : "31";
      mark = "\u001b[" + code + "m" + mark + "\u001b[0m";
    }
    String padding = " ".repeat(6 - state.word().length());
    String text =
        mark + padding + String.format(Locale.ROOT, "%-10s ", check) + Cli.safe(what, LONGEST);
    return remedy.isEmpty()
        ? text
        : text + "\n      " + " ".repeat(11) + "remedy: " + Cli.safe(remedy, LONGEST);
  }
}
