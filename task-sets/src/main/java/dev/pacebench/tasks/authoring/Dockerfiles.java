package dev.pacebench.tasks.authoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions of a Dockerfile, each in one line with the number of its first one. */
final class Dockerfiles {

  private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*['\"]?([A-Za-z_][A-Za-z0-9_]*)");

  private Dockerfiles() {}

  /** An instruction: its word in capitals and what follows it. */
  record Instruction(int line, String word, String rest) {}

  static List<Instruction> parse(String text) {
    List<Instruction> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int first = i;
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      StringBuilder whole = new StringBuilder(line);
      while (whole.length() > 0
          && whole.charAt(whole.length() - 1) == '\\'
          && i + 1 < lines.size()) {
        whole.setLength(whole.length() - 1);
        String next = lines.get(++i).strip();
        // Comments and empty lines may stand between the lines of one instruction.
        while ((next.startsWith("#") || next.isEmpty()) && i + 1 < lines.size()) {
          next = lines.get(++i).strip();
        }
        whole.append(' ').append(next);
      }
      Matcher heredoc = HEREDOC.matcher(whole);
      if (heredoc.find()) {
        String end = heredoc.group(1);
        while (i + 1 < lines.size() && !lines.get(++i).strip().equals(end)) {
          whole.append("; ").append(lines.get(i).strip());
        }
      }
      String[] parts = whole.toString().strip().split("\\s+", 2);
      found.add(
          new Instruction(
              first + 1, parts[0].toUpperCase(Locale.ROOT), parts.length > 1 ? parts[1] : ""));
    }
    return found;
  }
}
