package dev.pacebench.runner.check;

import dev.pacebench.tasks.TestLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes deciding tests into a task's {@code swe.toml}; every other line stays as it is. */
final class TestListFile {

  private static final Pattern TABLE = Pattern.compile("\\s*\\[+[A-Za-z0-9_.\" -]+]+\\s*(#.*)?");
  private static final Pattern TESTS = Pattern.compile("\\s*\\[\\s*tests\\s*]\\s*(#.*)?");

  private TestListFile() {}

  static void write(Path file, TestLists lists) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.copy(
          file, temporary, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(temporary, with(Files.readString(file), lists));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  static String with(String text, TestLists lists) {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    boolean found = false;
    boolean inside = false;
    for (String line : text.lines().toList()) {
      if (TESTS.matcher(line).matches()) {
        found = true;
        inside = true;
      } else if (inside && TABLE.matcher(line).matches()) {
        inside = false;
      }
      if (!inside) {
        (found ? after : before).add(line);
      }
    }
    strip(before);
    List<String> all = new ArrayList<>(before);
    all.add("");
    all.add("[tests]");
    all.addAll(list("fail_to_pass", lists.failToPass()));
    all.addAll(list("pass_to_pass", lists.passToPass()));
    if (!after.isEmpty()) {
      all.add("");
      all.addAll(after);
    }
    return String.join("\n", all) + "\n";
  }

  private static void strip(List<String> lines) {
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
  }

  private static List<String> list(String key, List<String> names) {
    List<String> lines = new ArrayList<>();
    lines.add(key + " = [");
    names.stream().sorted().forEach(name -> lines.add("  " + quoted(name) + ","));
    lines.add("]");
    return lines;
  }

  private static String quoted(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                c == '"' || c == '\\'
                    ? "\\" + Character.toString(c)
                    : Character.isISOControl(c)
                        ? String.format("\\u%04X", c)
                        : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
