package dev.pacebench.runner.agent.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Keeps values that others chose from being read as shell text.
 *
 * <p>A value is filled in as one word, quoted where it needs to be. Inside quotes of the text
 * itself that would not hold, so a name in quotes is refused when a manifest is read.
 */
final class ShellText {

  private enum Place {
    OPEN,
    SINGLE,
    DOUBLE
  }

  private final String text;
  private final Deque<Place> places = new ArrayDeque<>();
  private int at;

  private ShellText(String text) {
    this.text = text;
    places.push(Place.OPEN);
  }

  /** A value as one word. */
  static String word(String value) {
    return value.matches("[A-Za-z0-9_./:@%+=,-]+")
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }

  /** Where a name in braces stands in quotes. */
  static Optional<Integer> quotedName(String text) {
    return new ShellText(text).find();
  }

  private Optional<Integer> find() {
    for (at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean brace = c == '{' || c == '}';
      if (brace && next() == c) {
        at++;
      } else if (c == '{' && places.peek() != Place.OPEN) {
        return Optional.of(at);
      } else {
        step(c);
      }
    }
    return Optional.empty();
  }

  private void step(char c) {
    switch (places.getFirst()) {
      case SINGLE -> {
        if (c == '\'') {
          places.pop();
        }
      }
      case DOUBLE -> {
        if (c == '"') {
          places.pop();
        } else if (c == '\\') {
          at++;
        } else if (c == '$' && next() == '(') {
          at++;
          places.push(Place.OPEN);
        }
      }
      case OPEN -> open(c);
    }
  }

  private void open(char c) {
    switch (c) {
      case '\\' -> at++;
      case '\'' -> places.push(Place.SINGLE);
      case '"' -> places.push(Place.DOUBLE);
      case '(' -> places.push(Place.OPEN);
      case ')' -> {
        if (places.size() > 1) {
          places.pop();
        }
      }
      case '#' -> {
        if (at == 0 || Character.isWhitespace(text.charAt(at - 1)) || text.charAt(at - 1) == ';') {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        }
      }
      default -> {}
    }
  }

  private char next() {
    return at + 1 < text.length() ? text.charAt(at + 1) : '\0';
  }
}
