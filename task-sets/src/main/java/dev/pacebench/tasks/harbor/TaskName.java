package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.files.Show;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a task: what follows the slash in {@code [task] name}, else the folder's name.
 *
 * <p>It becomes a file name in evidence and a part of container names, so it is held to letters,
 * digits, dots, dashes and underscores.
 */
final class TaskName {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!\\.)");

  private TaskName() {}

  static String read(TomlTable top, Path directory) {
    String folder = String.valueOf(directory.getFileName());
    Optional<TomlTable> section = top.table("task");
    if (section.isEmpty()) {
      if (!SAFE.matcher(folder).matches()) {
        top.error(
            "",
            "the folder's name \"" + Show.text(folder) + "\" cannot name a task",
            "rename it with letters, digits, dots, dashes and underscores");
      }
      return folder;
    }
    TomlTable task = section.get();
    if (!task.has("name")) {
      task.error("name", "is absent", "write name = \"organisation/" + folder + "\"");
      return folder;
    }
    Optional<String> full = task.text("name");
    if (full.isEmpty()) {
      return folder;
    }
    String[] parts = full.get().split("/", -1);
    boolean safe = parts.length <= 2;
    for (String part : parts) {
      safe &= SAFE.matcher(part).matches();
    }
    if (!safe) {
      task.error(
          "name",
          "is \"" + Show.text(full.get()) + "\"",
          "write organisation/name with letters, digits, dots, dashes and underscores");
      return folder;
    }
    if (parts.length == 1) {
      task.warning("name", "has no organisation", "write name = \"organisation/" + parts[0] + "\"");
    }
    return parts[parts.length - 1];
  }
}
