package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.local.PortableDockerfile.NotPortable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Splits a Dockerfile instruction's arguments into words: quotes, escapes, variables. */
final class Words {

  private final String text;
  private final int line;
  private final Map<String, String> variables;
  private int at;

  private Words(String text, int line, Map<String, String> variables) {
    this.text = text;
    this.line = line;
    this.variables = variables;
  }

  /** All words, quotes removed and variables put in. */
  static List<String> split(String text, int line, Map<String, String> variables)
      throws NotPortable {
    Words words = new Words(text, line, variables);
    List<String> found = new ArrayList<>();
    while (words.skipBlanks()) {
      found.add(words.next(false));
    }
    return found;
  }

  /** The whole text as one word. */
  static String one(String text, int line, Map<String, String> variables) throws NotPortable {
    return new Words(text, line, variables).next(true);
  }

  private boolean skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private String next(boolean blanksBelong) throws NotPortable {
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == 0 && !blanksBelong && Character.isWhitespace(c)) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
        char escaped = text.charAt(++at);
        if (quote == '"' && escaped != '"' && escaped != '\\' && escaped != '$') {
          word.append(c);
        }
        word.append(escaped);
      } else if (c == '$' && quote != '\'') {
        word.append(variable());
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new NotPortable(line, "a quote is not closed", "close it");
    }
    return word.toString();
  }

  /** Reads a variable at the dollar sign; leaves the position at its last character. */
  private String variable() throws NotPortable {
    int start = at + 1;
    if (start < text.length() && text.charAt(start) == '{') {
      int end = text.indexOf('}', start);
      if (end < 0) {
        throw new NotPortable(line, "${ is not closed", "close it");
      }
      at = end;
      return braced(text.substring(start + 1, end));
    }
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    if (end == start) {
      return "$";
    }
    at = end - 1;
    return variables.getOrDefault(text.substring(start, end), "");
  }

  private String braced(String inner) throws NotPortable {
    int colon = inner.indexOf(':');
    String name = colon < 0 ? inner : inner.substring(0, colon);
    String value = variables.getOrDefault(name, "");
    if (colon < 0 && name.matches("\\w+")) {
      return value;
    }
    String word = colon < 0 ? "" : inner.substring(Math.min(inner.length(), colon + 2));
    if (colon > 0 && inner.startsWith(":-", colon)) {
      return value.isEmpty() ? word : value;
    }
    if (colon > 0 && inner.startsWith(":+", colon)) {
      return value.isEmpty() ? "" : word;
    }
    throw new NotPortable(line, "${" + inner + "} is not understood without an engine");
  }
}
