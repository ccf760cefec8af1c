package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.SafeText;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Builds HTML in which only names written in this program's code are markup.
 *
 * <p>No attribute can hold a style or a handler, which the page's policy would refuse.
 */
final class Markup {

  private static final int NAME = 200;

  private final StringBuilder html = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element; attributes come as names and values by turns. */
  Markup open(String element, String... attributes) {
    start(element, attributes);
    open.push(element);
    return this;
  }

  /** An element that can hold nothing. */
  Markup single(String element, String... attributes) {
    return start(element, attributes);
  }

  /** A mark of an SVG. */
  Markup mark(String element, String... attributes) {
    start(element, attributes);
    html.append("</").append(element).append('>');
    return this;
  }

  private Markup start(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]);
      if (!attributes[i + 1].isEmpty()) {
        html.append("=\"");
        escape(attributes[i + 1]);
        html.append('"');
      }
    }
    html.append('>');
    return this;
  }

  Markup close() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Words of this program, or text that is clean already. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** A name on one line that somebody else chose. */
  Markup name(String text) {
    return name(text, NAME);
  }

  /** The same, cut; whole in a title where it was. */
  Markup name(String text, int columns) {
    String shown = SafeText.terminal(text, columns);
    if (shown.endsWith("…") && text.length() > columns) {
      open("bdi", "title", SafeText.terminal(text, 10 * NAME));
    } else {
      open("bdi");
    }
    escape(shown);
    return close();
  }

  /** An element with a text. */
  Markup line(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** What was checked elsewhere: this program's own style and script. */
  Markup raw(String own) {
    html.append(own);
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return html.toString();
  }
}
