package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the text files of a task. */
public final class TextFiles {

  private TextFiles() {}

  /** The text of a file of sane size; a byte order mark is dropped. */
  public static Optional<String> read(Path file, List<Problem> problems) {
    String shown = Show.path(file);
    try {
      long size = Files.size(file);
      if (size > Limits.MOST_FILE_BYTES) {
        problems.add(
            Problem.error(
                shown, "has " + size + " bytes", "keep it below " + Limits.MOST_FILE_BYTES));
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (text.indexOf('\0') >= 0) {
        problems.add(Problem.error(shown, "holds a NUL character", "remove it"));
        return Optional.empty();
      }
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problems.add(Problem.error(shown, "is not UTF-8 text", "save it as UTF-8"));
    } catch (IOException e) {
      problems.add(Problem.error(shown, "cannot be read", "give yourself the right to read it"));
    }
    return Optional.empty();
  }

  /**
   * An instruction without the comments at its start that mark it as benchmark data.
   *
   * <p>Such a comment is a line that begins with {@code #} or an HTML comment, and speaks of a
   * canary or of benchmark data; an ordinary heading stays.
   */
  public static String withoutCanary(String instruction) {
    String rest = instruction.stripLeading();
    boolean found = false;
    while (true) {
      int end = commentEnd(rest);
      if (end < 0 || !isCanary(rest.substring(0, end))) {
        return found ? rest : instruction;
      }
      found = true;
      rest = rest.substring(end).stripLeading();
    }
  }

  private static int commentEnd(String text) {
    if (text.startsWith("<!--")) {
      int close = text.indexOf("-->");
      return close < 0 ? -1 : close + "-->".length();
    }
    if (text.startsWith("#")) {
      int newline = text.indexOf('\n');
      return newline < 0 ? text.length() : newline;
    }
    return -1;
  }

  private static boolean isCanary(String comment) {
    String folded = comment.toLowerCase(Locale.ROOT);
    return folded.contains("canary") || folded.contains("benchmark data should never");
  }
}
