package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.SafeText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Writes SVG: everything is escaped, every element that is opened is closed, numbers have two
 * decimals at most.
 */
final class Svg {

  /** Letters as wide as these are what {@link Letters} counts with. */
  private static final String FONTS =
      "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

  private final SvgStyle style;
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<Ink> used = EnumSet.noneOf(Ink.class);

  Svg(SvgStyle style) {
    this.style = style;
  }

  SvgStyle style() {
    return style;
  }

  /** An element with children; attributes are names and values by turns. */
  Svg open(String name, Object... attributes) {
    tag(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  Svg close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element without children. */
  Svg mark(String name, Object... attributes) {
    tag(name, attributes);
    out.append("/>\n");
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, Object... attributes) {
    out.append("<line");
    attribute("x1", x1);
    attribute("y1", y1);
    attribute("x2", x2);
    attribute("y2", y2);
    attributes(attributes);
    out.append("/>\n");
    return this;
  }

  /** Words that a mouse finds over what is open. */
  Svg hint(String text) {
    out.append("<title>").append(SafeText.escaped(text)).append("</title>");
    return this;
  }

  Svg text(double x, double y, String text, Object... attributes) {
    out.append("<text");
    attribute("x", x);
    attribute("y", y);
    attributes(attributes);
    out.append('>').append(SafeText.escaped(text)).append("</text>\n");
    return this;
  }

  /**
   * The whole document or element.
   *
   * @param title a few words
   * @param description what can be seen, for those who do not see it
   */
  String finish(double width, double height, String title, String description) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    used.add(Ink.PAPER);
    StringBuilder whole = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    whole.append(" viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height));
    whole.append("\" width=\"").append(number(width));
    whole.append("\" height=\"").append(number(height)).append("\" role=\"img\"");
    if (style == SvgStyle.PAGE) {
      whole.append(" class=\"pb-static\" font-size=\"13\" aria-label=\"");
      whole.append(SafeText.escaped(title + ". " + description)).append("\">\n");
    } else {
      whole.append(" aria-labelledby=\"title desc\" font-size=\"13\" font-family=\"");
      whole.append(SafeText.escaped(FONTS)).append("\">\n");
      whole.append("<title id=\"title\">").append(SafeText.escaped(title)).append("</title>\n");
      whole.append("<desc id=\"desc\">").append(SafeText.escaped(description)).append("</desc>\n");
      whole.append("<style>@media (prefers-color-scheme: dark) {").append(darkColours());
      whole.append("}</style>\n");
      whole
          .append("<rect width=\"100%\" height=\"100%\" rx=\"8\" class=\"f")
          .append(Ink.PAPER.code())
          .append("\" fill=\"")
          .append(Ink.PAPER.light)
          .append("\"/>\n");
    }
    return whole.append(out).append("</svg>\n").toString();
  }

  private String darkColours() {
    StringBuilder rules = new StringBuilder();
    for (Ink ink : used) {
      rules.append(".f").append(ink.code()).append("{fill:").append(ink.dark).append('}');
      rules.append(".s").append(ink.code()).append("{stroke:").append(ink.dark).append('}');
    }
    return rules.toString();
  }

  private void tag(String name, Object... attributes) {
    out.append('<').append(name);
    attributes(attributes);
  }

  private void attributes(Object... pairs) {
    StringJoiner classes = new StringJoiner(" ");
    for (int i = 0; i < pairs.length; i += 2) {
      String name = (String) pairs[i];
      if (pairs[i + 1] instanceof Ink ink) {
        used.add(ink);
        if (style == SvgStyle.PAGE) {
          attribute(name, "var(" + ink.variable + ")");
        } else {
          attribute(name, ink.light);
          classes.add(name.charAt(0) + ink.code());
        }
      } else if (!"".equals(pairs[i + 1])) {
        attribute(name, pairs[i + 1]);
      }
    }
    if (classes.length() > 0) {
      attribute("class", classes.toString());
    }
  }

  private void attribute(String name, Object value) {
    out.append(' ').append(name).append("=\"");
    out.append(SafeText.escaped(value instanceof Double d ? number(d) : value.toString()))
        .append('"');
  }

  /** Two decimals at most, the same on every machine. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
