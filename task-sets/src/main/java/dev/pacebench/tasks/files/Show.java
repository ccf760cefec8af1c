package dev.pacebench.tasks.files;

import java.nio.file.Path;

/** Shows paths and names in messages. */
public final class Show {

  private static final int LONGEST = 80;

  private Show() {}

  /** The path relative to the working directory where it lies below it, else absolute. */
  public static String path(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    boolean below = absolute.startsWith(here) && !absolute.equals(here);
    return text((below ? here.relativize(absolute) : absolute).toString(), Integer.MAX_VALUE);
  }

  /** Text from a file, with control characters made visible, shortened to a line's length. */
  public static String text(String text) {
    return text(text, LONGEST);
  }

  private static String text(String text, int longest) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append(String.format("\\x%02x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > longest ? shown + "..." : shown.toString();
  }
}
