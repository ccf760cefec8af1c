package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.local.PortableDockerfile.NotPortable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the JSON form of an instruction: a list of strings, the only JSON a Dockerfile knows. */
final class JsonWords {

  private static final Pattern STRING =
      Pattern.compile("\\s*\"((?:[^\"\\\\]|\\\\[\"\\\\/])*)\"\\s*");

  private JsonWords() {}

  static List<String> split(String text, int line) throws NotPortable {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new NotPortable(line, "the list is not closed", "write [\"a\", \"b\"]");
    }
    List<String> words = new ArrayList<>();
    Matcher matcher = STRING.matcher(text).region(1, text.length() - 1);
    while (matcher.lookingAt()) {
      words.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
      int end = matcher.end();
      if (end == text.length() - 1) {
        return words;
      }
      if (text.charAt(end) != ',') {
        break;
      }
      matcher.region(end + 1, text.length() - 1);
    }
    throw new NotPortable(line, "not a list of strings: " + text, "write [\"a\", \"b\"]");
  }
}
