package dev.pacebench.tasks.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of strings as Python prints it, such as {@code ['a', "it's"]}. */
final class PythonList {

  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  static Optional<List<String>> parse(String text) {
    return new PythonList(text.strip()).list();
  }

  private Optional<List<String>> list() {
    List<String> items = new ArrayList<>();
    if (!eat('[')) {
      return Optional.empty();
    }
    skipBlanks();
    while (at < text.length() && text.charAt(at) != ']') {
      Optional<String> item = string();
      if (item.isEmpty()) {
        return Optional.empty();
      }
      items.add(item.get());
      skipBlanks();
      if (!eat(',')) {
        break;
      }
      skipBlanks();
    }
    return eat(']') && at == text.length() ? Optional.of(items) : Optional.empty();
  }

  private Optional<String> string() {
    if (at >= text.length()) {
      return Optional.empty();
    }
    char quote = text.charAt(at);
    if (quote != '\'' && quote != '"') {
      return Optional.empty();
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        escape(text.charAt(at++), value);
      } else {
        value.append(c);
      }
    }
    return eat(quote) ? Optional.of(value.toString()) : Optional.empty();
  }

  private void escape(char c, StringBuilder value) {
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'x' -> code(2, value);
      case 'u' -> code(4, value);
      case '\\', '\'', '"' -> value.append(c);
      default -> value.append('\\').append(c);
    }
  }

  private void code(int digits, StringBuilder value) {
    try {
      value.appendCodePoint(
          Integer.parseInt(text.substring(at, Math.min(text.length(), at + digits)), 16));
      at += digits;
    } catch (NumberFormatException e) {
      value.append('?');
    }
  }

  private boolean eat(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
