package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.files.Show;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schema version of a task file.
 *
 * @param text as the file has it, or Harbor's default
 */
record Schema(String text) {

  static final String DEFAULT = "1.1";
  private static final int NEWEST_MINOR = 4;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  static Schema read(TomlTable top) {
    Optional<String> current = top.string("schema_version");
    Optional<String> old = top.string("version");
    if (current.isPresent() && old.isPresent() && !current.equals(old)) {
      top.error("version", "differs from schema_version", "remove the old spelling, version");
    }
    String key = current.isPresent() ? "schema_version" : "version";
    String text = current.or(() -> old).orElse(DEFAULT);
    Matcher matcher = VERSION.matcher(text);
    if (!matcher.matches() || !matcher.group(1).equals("1")) {
      top.error(
          key,
          "is \"" + Show.text(text) + "\"",
          "it must be a version from \"1.0\" to \"1." + NEWEST_MINOR + "\"");
      return new Schema(DEFAULT);
    }
    if (Integer.parseInt(matcher.group(2)) > NEWEST_MINOR) {
      top.warning(
          key,
          "is newer than 1." + NEWEST_MINOR + ", the newest known here",
          "check that the task needs nothing newer");
    }
    return new Schema(text);
  }

  /** From 1.4 on, a resource that the file leaves out is left to the machine. */
  boolean hasUnsetResources() {
    Matcher matcher = VERSION.matcher(text);
    return matcher.matches() && Integer.parseInt(matcher.group(2)) >= NEWEST_MINOR;
  }
}
