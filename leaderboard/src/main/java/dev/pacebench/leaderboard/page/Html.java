package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.SafeText;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML in which only what this program's code names is markup.
 *
 * <p>Text is escaped, and every element that is opened is closed.
 */
public final class Html {

  /** A name that is longer is cut; the whole is in its title. */
  private static final int WIDEST_NAME = 48;

  private static final int LONGEST_TITLE = 2000;

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** An element; attributes are names and values by turns, of which those without text stay out. */
  public Html open(String tag, String... attributes) {
    single(tag, attributes);
    open.push(tag);
    return this;
  }

  /** An element that can hold nothing. */
  public Html single(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (!attributes[i + 1].isEmpty()) {
        out.append(' ').append(attributes[i]).append("=\"");
        out.append(SafeText.escaped(attributes[i + 1])).append('"');
      }
    }
    out.append('>');
    return this;
  }

  public Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends a line, for people who read the source. */
  public Html line() {
    out.append('\n');
    return this;
  }

  public Html text(String text) {
    out.append(SafeText.escaped(text));
    return this;
  }

  /** An element with nothing but text. */
  public Html leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Text that others chose, apart from the directions and lengths of what is around it. */
  public Html name(String name) {
    return name(name, WIDEST_NAME);
  }

  /** The same where there is room for more, or for less. */
  public Html name(String name, int widest) {
    String whole = SafeText.page(name, LONGEST_TITLE);
    String cut = SafeText.page(name, widest);
    return leaf("bdi", cut, "class", "name", "title", cut.equals(whole) ? "" : whole);
  }

  /** What was written as HTML or SVG by this project. */
  public Html own(String markup) {
    out.append(markup);
    return this;
  }

  /** What is inside a script or a style; the caller has seen to it that it cannot end there. */
  Html inline(String tag, String content, String... attributes) {
    open(tag, attributes);
    out.append(content);
    return close().line();
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }
}
