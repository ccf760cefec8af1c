package dev.pacebench.tasks.harbor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line of a key in TOML text, for messages.
 *
 * <p>It reads headers and {@code key =} lines only; a key inside an inline table is found at the
 * line where that table starts. Paths are written {@code section.key} and {@code list[0].key}.
 */
final class TomlLines {

  private static final String NAME = "(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')";
  private static final String NAMES = NAME + "(?:\\s*\\.\\s*" + NAME + ")*";
  private static final Pattern HEADER =
      Pattern.compile("\\s*(\\[\\[?)\\s*(" + NAMES + ")\\s*\\]\\]?\\s*(?:#.*)?");
  private static final Pattern KEY = Pattern.compile("\\s*(" + NAMES + ")\\s*=(.*)");
  private static final Pattern NAME_ALONE = Pattern.compile(NAME);

  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private String section = "";
  private String openString = "";

  TomlLines(String text) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      read(line.stripTrailing(), number);
    }
  }

  /** The line of the path, or of the nearest place around it that has one. */
  OptionalInt find(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Integer line = lines.get(at);
      if (line != null) {
        return OptionalInt.of(line);
      }
    }
    return OptionalInt.empty();
  }

  private void read(String line, int number) {
    if (!openString.isEmpty()) {
      if (line.contains(openString)) {
        openString = "";
      }
      return;
    }
    Matcher header = HEADER.matcher(line);
    if (header.matches()) {
      section = header(names(header.group(2)), header.group(1).length() == 2);
      lines.putIfAbsent(section, number);
      if (section.endsWith("]")) {
        lines.putIfAbsent(parent(section), number);
      }
      return;
    }
    Matcher key = KEY.matcher(line);
    if (!key.matches()) {
      return;
    }
    String at = section;
    for (String name : names(key.group(1))) {
      at = at.isEmpty() ? name : at + "." + name;
      lines.putIfAbsent(at, number);
    }
    for (String quotes : List.of("\"\"\"", "'''")) {
      String value = key.group(2).strip();
      if (value.startsWith(quotes) && value.indexOf(quotes, quotes.length()) < 0) {
        openString = quotes;
      }
    }
  }

  /** The header's path, with the number of each list item that it goes through. */
  private String header(List<String> names, boolean item) {
    String at = "";
    for (int i = 0; i < names.size(); i++) {
      at = at.isEmpty() ? names.get(i) : at + "." + names.get(i);
      boolean last = i == names.size() - 1;
      if (last && item) {
        at += "[" + (counts.merge(at, 1, Integer::sum) - 1) + "]";
      } else if (counts.containsKey(at)) {
        at += "[" + (counts.get(at) - 1) + "]";
      }
    }
    return at;
  }

  private static List<String> names(String dotted) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME_ALONE.matcher(dotted);
    while (matcher.find()) {
      String name = matcher.group();
      boolean quoted = name.startsWith("\"") || name.startsWith("'");
      names.add(quoted ? name.substring(1, name.length() - 1) : name);
    }
    return names;
  }

  private static String parent(String path) {
    int cut = path.endsWith("]") ? path.lastIndexOf('[') : path.lastIndexOf('.');
    return cut < 0 ? "" : path.substring(0, cut);
  }
}
