package dev.pacebench.tasks.archive;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the names in an archive into relative paths, each used once, none through a link. */
final class EntryNames {

  private static final int LONGEST = 4096;
  private static final int LONGEST_SEGMENT = 255;

  private final Map<String, ArchiveEntry.Kind> seen = new HashMap<>();

  /**
   * Checks an entry's name.
   *
   * @return the path with {@code /} between names; empty for the root itself
   * @throws Refused when the name is hostile or used before
   */
  String check(ArchiveEntry entry) throws Refused {
    List<String> segments = segments(entry.name());
    String folded = "";
    for (int i = 0; i < segments.size(); i++) {
      boolean last = i == segments.size() - 1;
      ArchiveEntry.Kind kind = last ? entry.kind() : ArchiveEntry.Kind.DIRECTORY;
      folded += "/" + fold(segments.get(i));
      ArchiveEntry.Kind before = seen.putIfAbsent(folded, kind);
      if (before == null
          || (before == ArchiveEntry.Kind.DIRECTORY && kind == ArchiveEntry.Kind.DIRECTORY)) {
        continue;
      }
      throw new Refused(
          last ? "has the name of an entry before it" : "lies below an entry that is no folder");
    }
    return String.join("/", segments);
  }

  private static List<String> segments(String name) throws Refused {
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new Refused("has no name, or one that is too long");
    }
    if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
      throw new Refused("has an absolute path");
    }
    if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || c == '\uFFFD')) {
      throw new Refused("has a name with control characters or backslashes");
    }
    List<String> segments = new ArrayList<>();
    for (String segment : name.split("/", -1)) {
      if (segment.equals("..")) {
        throw new Refused("climbs out with \"..\"");
      }
      if (segment.length() > LONGEST_SEGMENT) {
        throw new Refused("has a name that is too long");
      }
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /**
   * What some file systems make of a name: they drop final dots and blanks, and compose letters.
   */
  private static String fold(String segment) {
    String composed = Normalizer.normalize(segment, Normalizer.Form.NFC);
    int end = composed.length();
    while (end > 0 && (composed.charAt(end - 1) == '.' || composed.charAt(end - 1) == ' ')) {
      end--;
    }
    return composed.substring(0, end);
  }

  /** An entry cannot be unpacked; the message says why, after the entry's name. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
