package dev.pacebench.sandbox.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits what follows an instruction into arguments. */
final class DockerfileWords {

  private DockerfileWords() {}

  static List<String> of(String text) {
    return json(text).orElseGet(() -> plain(text));
  }

  /** The strings of a JSON array, when the text is one; else it is taken as plain words. */
  static Optional<List<String>> json(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("[") || !trimmed.endsWith("]")) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    int at = skipBlanks(trimmed, 1);
    while (at < trimmed.length() - 1) {
      if (trimmed.charAt(at) != '"') {
        return Optional.empty();
      }
      StringBuilder word = new StringBuilder();
      at = string(trimmed, at + 1, word);
      if (at < 0) {
        return Optional.empty();
      }
      words.add(word.toString());
      at = skipBlanks(trimmed, at);
      if (trimmed.charAt(at) == ',') {
        at = skipBlanks(trimmed, at + 1);
        if (at == trimmed.length() - 1) {
          return Optional.empty();
        }
      } else if (at != trimmed.length() - 1) {
        return Optional.empty();
      }
    }
    return Optional.of(words);
  }

  private static int string(String text, int from, StringBuilder word) {
    for (int at = from; at < text.length() - 1; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\') {
        at++;
        char escaped = text.charAt(at);
        switch (escaped) {
          case 'n' -> word.append('\n');
          case 't' -> word.append('\t');
          case 'r' -> word.append('\r');
          case 'u' -> {
            if (at + 4 >= text.length()) {
              return -1;
            }
            try {
              word.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
            } catch (NumberFormatException e) {
              return -1;
            }
            at += 4;
          }
          default -> word.append(escaped);
        }
      } else {
        word.append(c);
      }
    }
    return -1;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() - 1 && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** By blanks; quotes group and are taken off. */
  static List<String> plain(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean within = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        within = true;
      } else if (Character.isWhitespace(c)) {
        if (within) {
          words.add(word.toString());
          word.setLength(0);
          within = false;
        }
      } else {
        if (c == '\\' && i + 1 < text.length()) {
          i++;
          c = text.charAt(i);
        }
        word.append(c);
        within = true;
      }
    }
    if (within) {
      words.add(word.toString());
    }
    return words;
  }
}
