package dev.pacebench.runner.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A text with names in braces that stand for what only a trial knows.
 *
 * <p>Doubled braces stand for themselves; single ones that hold no name are refused, so that a slip
 * cannot reach a program unseen.
 */
public record Template(String text) {

  /** A piece of a template: plain text, or a name to fill in. */
  private record Part(boolean name, String text) {}

  /** Says what is wrong with a text, and from which character on. */
  static final class BadTemplate extends Exception {
    final int offset;

    BadTemplate(String message, int offset) {
      super(message);
      this.offset = offset;
    }
  }

  public Template {
    requireNonNull(text, "text is null");
    try {
      parse(text);
    } catch (BadTemplate e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The names in braces, each as often as it stands there. */
  public List<String> names() {
    return parts().stream().filter(Part::name).map(Part::text).toList();
  }

  /**
   * The text with its names filled in.
   *
   * @throws IllegalArgumentException when a value is missing
   */
  public String fill(Map<String, String> values) {
    return fill(values, UnaryOperator.identity());
  }

  /** As {@link #fill}, each value as one word of a shell. */
  public String fillForShell(Map<String, String> values) {
    return fill(values, ShellText::word);
  }

  private String fill(Map<String, String> values, UnaryOperator<String> form) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts()) {
      String value = part.name ? values.get(part.text) : part.text;
      if (value == null) {
        throw new IllegalArgumentException("no value for {" + part.text + "}");
      }
      filled.append(part.name ? form.apply(value) : value);
    }
    return filled.toString();
  }

  private List<Part> parts() {
    try {
      return parse(text);
    } catch (BadTemplate e) {
      throw new IllegalStateException("was checked when made", e);
    }
  }

  /** Throws when braces do not fit. */
  static void check(String text) throws BadTemplate {
    parse(text);
  }

  private static List<Part> parse(String text) throws BadTemplate {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        plain.append(c);
        i++;
      } else if (c == '}') {
        throw new BadTemplate("a `}` closes nothing", i);
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        String name = end < 0 ? "" : text.substring(i + 1, end);
        if (!name.matches("[A-Za-z0-9_.-]+")) {
          throw new BadTemplate("a `{` begins no name", i);
        }
        parts.add(new Part(false, plain.toString()));
        plain.setLength(0);
        parts.add(new Part(true, name));
        i = end;
      } else {
        plain.append(c);
      }
    }
    parts.add(new Part(false, plain.toString()));
    return parts;
  }
}
