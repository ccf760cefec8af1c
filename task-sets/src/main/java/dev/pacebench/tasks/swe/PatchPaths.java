package dev.pacebench.tasks.swe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths that a patch names. */
public final class PatchPaths {

  private static final Pattern GIT =
      Pattern.compile("(?m)^diff --git (\"?)a/(.*?)\\1 (\"?)b/(.*?)\\3$");
  private static final Pattern FILE =
      Pattern.compile("(?m)^(?:---|\\+\\+\\+) (\"?)[ab]/(.*?)\\1(?:\\t.*)?$");

  private PatchPaths() {}

  /** Both sides of every file, without {@code a/} and {@code b/}. */
  public static Set<String> of(byte[] patch) {
    // Byte by byte, so that names in any encoding come through.
    String text = new String(patch, StandardCharsets.ISO_8859_1);
    Set<String> paths = new TreeSet<>();
    Matcher git = GIT.matcher(text);
    while (git.find()) {
      paths.add(name(git.group(2), !git.group(1).isEmpty()));
      paths.add(name(git.group(4), !git.group(3).isEmpty()));
    }
    Matcher file = FILE.matcher(text);
    while (file.find()) {
      paths.add(name(file.group(2), !file.group(1).isEmpty()));
    }
    return paths;
  }

  private static String name(String raw, boolean quoted) {
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
    return new String(quoted ? unquoted(bytes) : bytes, StandardCharsets.UTF_8);
  }

  /** Git quotes as C does. */
  private static byte[] unquoted(byte[] bytes) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\\' || i + 1 == bytes.length) {
        plain.write(bytes[i]);
        continue;
      }
      i++;
      if (bytes[i] >= '0' && bytes[i] <= '3' && i + 2 < bytes.length) {
        plain.write((bytes[i] - '0') * 64 + (bytes[i + 1] - '0') * 8 + (bytes[i + 2] - '0'));
        i += 2;
      } else {
        plain.write(
            switch (bytes[i]) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> bytes[i];
            });
      }
    }
    return plain.toByteArray();
  }
}
