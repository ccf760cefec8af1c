package dev.pacebench.tasks.compose;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the variables of compose files: {@code $NAME}, <code>${NAME}</code>, <code>${NAME:-default}
 * </code> and {@code $$} for a dollar sign.
 */
final class Interpolation {

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:(\\$)|\\{([A-Za-z_]\\w*)(?:(:?-)([^{}]*))?\\}|([A-Za-z_]\\w*)|(.?))",
          Pattern.DOTALL);

  private final Map<String, String> known;

  Interpolation(Map<String, String> known) {
    this.known = Map.copyOf(known);
  }

  /** The text with its variables filled; empty when one has neither a value nor a default. */
  Optional<String> fill(String text) {
    return fill(text, false);
  }

  /**
   * As above, but variables without a known value become templates of the task's environment; empty
   * for a spelling that these have no word for.
   */
  Optional<String> template(String text) {
    return fill(text, true);
  }

  private Optional<String> fill(String text, boolean template) {
    StringBuilder filled = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      filled.append(text, end, matcher.start());
      end = matcher.end();
      String braced = matcher.group(2);
      String name = braced != null ? braced : matcher.group(5);
      String otherwise = matcher.group(4);
      if (matcher.group(1) != null) {
        if (template && text.startsWith("{", end)) {
          return Optional.empty();
        }
        filled.append('$');
      } else if (name == null) {
        return Optional.empty();
      } else if (known.containsKey(name)) {
        filled.append(known.get(name));
      } else if (template) {
        filled.append("${").append(name);
        filled.append(otherwise == null ? "" : ":-" + otherwise).append('}');
      } else if (otherwise == null) {
        return Optional.empty();
      } else {
        filled.append(otherwise);
      }
    }
    return Optional.of(filled.append(text, end, text.length()).toString());
  }
}
