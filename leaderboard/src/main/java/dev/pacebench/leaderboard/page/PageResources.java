package dev.pacebench.leaderboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is the same on every page: style, script and the libraries that it uses.
 *
 * <p>Nothing in it can end the element that it stands in.
 */
final class PageResources {

  static final List<String> LIBRARIES =
      List.of("vendor/d3-7.9.0/d3.min.js", "vendor/observablehq-plot-0.6.17/plot.umd.min.js");

  /** The class that charts give the library, on which its own style depends. */
  private static final String PLOT_CLASS = "pb-plot";

  private static final Pattern PLOT_STYLE =
      Pattern.compile("`(:where\\(\\.\\$\\{\\w+\\}\\)[^`]*)`");
  private static final Pattern PLACE = Pattern.compile("\\$\\{\\w+\\}");

  final String style;
  final List<String> scripts;

  /** What the chart library puts into a style element of each chart. */
  final String plotStyle;

  private PageResources(String style, List<String> scripts, String plotStyle) {
    this.style = style;
    this.scripts = List.copyOf(scripts);
    this.plotStyle = plotStyle;
  }

  /** Read once, when the first page is made. */
  private static final class Holder {
    static final PageResources ALL = read();
  }

  static PageResources get() {
    return Holder.ALL;
  }

  private static PageResources read() {
    String plot = text(LIBRARIES.get(1));
    StringBuilder own = new StringBuilder("(() => {'use strict';\n");
    text("js/order.txt")
        .lines()
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !name.startsWith("#"))
        .forEach(name -> own.append(text("js/" + name)).append('\n'));
    own.append("})();\n");
    return new PageResources(
        inStyle(text("board.css")),
        List.of(inScript(text(LIBRARIES.get(0))), inScript(plot), inScript(own.toString())),
        plotStyle(plot));
  }

  /** The library makes it of a template, whose escapes mean line feeds. */
  private static String plotStyle(String plot) {
    Matcher found = PLOT_STYLE.matcher(plot);
    if (!found.find()) {
      throw new IllegalStateException("the chart library's style is not where it was");
    }
    return PLACE
        .matcher(found.group(1).replace("\\n", "\n"))
        .replaceAll(Matcher.quoteReplacement(PLOT_CLASS));
  }

  /** What would end the element, or open a comment in it, is written otherwise. */
  static String inScript(String code) {
    return code.replaceAll("(?i)<(?=/script|!--|script)", "\\\\x3C");
  }

  private static String inStyle(String style) {
    return style.replaceAll("(?i)</(?=style)", "<\\\\/");
  }

  static String text(String name) {
    try (InputStream in = PageResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      // A page reads every line end as a line feed, and so must what is hashed.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
