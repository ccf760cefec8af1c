package dev.pacebench.runner.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;

/** Asks a person at a terminal; anywhere else every question has its usual answer. */
final class Questions {

  private static final int MOST_TIMES = 3;

  private final Cli cli;
  private final boolean someone;
  private final BufferedReader answers =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

  Questions(Cli cli) {
    this.cli = cli;
    this.someone =
        Terminal.isTerminal(0) && Terminal.isTerminal(2) && !cli.isJson() && !cli.isQuiet();
  }

  /**
   * One question.
   *
   * @param choices what may be answered; anything where there are none
   * @param usual taken for an empty answer, and where nobody can be asked
   */
  String ask(String what, List<String> choices, String usual) {
    if (!someone) {
      return usual;
    }
    String hint = choices.isEmpty() ? "" : " (" + String.join(", ", choices) + ")";
    for (int i = 0; i < MOST_TIMES; i++) {
      cli.err()
          .print(what + hint + (usual.isEmpty() ? "" : " [" + Cli.safe(usual, 80) + "]") + ": ");
      cli.err().flush();
      String answer = line();
      String chosen = answer.isEmpty() ? usual : answer;
      if (choices.isEmpty() ? !chosen.isEmpty() : choices.contains(chosen)) {
        return chosen;
      }
    }
    return usual;
  }

  private String line() {
    try {
      String line = answers.readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      return "";
    }
  }
}
