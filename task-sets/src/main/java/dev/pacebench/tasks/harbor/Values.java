package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.files.Show;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Values that several tables of a task file share. */
final class Values {

  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern USER =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?");

  private Values() {}

  /** Environment variables, still as templates. */
  static Map<String, String> env(TomlTable table) {
    Map<String, String> env = table.stringMap("env");
    TomlTable inner = table.tableOrEmpty("env");
    env.forEach(
        (name, template) -> {
          if (!ENV_NAME.matcher(name).matches()) {
            inner.error(
                name,
                "is not a name for an environment variable",
                "use letters, digits and _, not beginning with a digit");
          }
          EnvTemplates.misspelling(template)
              .ifPresent(what -> inner.error(name, what, "write ${NAME} or ${NAME:-default}"));
        });
    return env;
  }

  /** A user, by name or number. */
  static Optional<String> user(TomlTable table) {
    JsonNode value = table.raw("user");
    if (value == null) {
      return Optional.empty();
    }
    if (value.isIntegralNumber()) {
      return table.whole("user", 0, Integer.MAX_VALUE).stream().mapToObj(Long::toString).findAny();
    }
    if (!value.isString()) {
      table.wrongType("user", value, "a user's name or number");
      return Optional.empty();
    }
    if (!USER.matcher(value.asString()).matches()) {
      table.error(
          "user",
          "is \"" + Show.text(value.asString()) + "\", which names no user",
          "write a name, a number or user:group");
      return Optional.empty();
    }
    return Optional.of(value.asString());
  }

  /** Whether a path has a name {@code ..} in it. */
  static boolean climbs(String path) {
    return Arrays.asList(path.split("/")).contains("..");
  }

  static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
