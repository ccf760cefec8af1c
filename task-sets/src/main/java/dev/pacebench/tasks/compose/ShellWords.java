package dev.pacebench.tasks.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a command line into words as a shell does, without doing anything else that it does. */
final class ShellWords {

  private ShellWords() {}

  /** Empty when a quote does not end. */
  static Optional<List<String>> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean last = i + 1 == line.length();
      if (c == '\\' && quote != '\'' && last) {
        return Optional.empty();
      } else if (c == '\\' && quote == 0 || c == '\\' && escapes(quote, line.charAt(i + 1))) {
        i++;
        if (line.charAt(i) != '\n') {
          word.append(line.charAt(i));
          begun = true;
        }
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return quote == 0 ? Optional.of(List.copyOf(words)) : Optional.empty();
  }

  /** Within double quotes a backslash stands for itself before most characters. */
  private static boolean escapes(char quote, char next) {
    return quote == '"' && "\"\\$`\n".indexOf(next) >= 0;
  }
}
