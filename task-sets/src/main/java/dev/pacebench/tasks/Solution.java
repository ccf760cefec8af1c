package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A reference solution.
 *
 * @param directory its folder, or the script itself when nothing else belongs to it
 * @param script what is run
 * @param env the script's environment
 * @param text of the script, when it is made from a file that says it in another way
 */
public record Solution(
    Path directory, Path script, Map<String, String> env, Optional<String> text) {

  public Solution {
    requireNonNull(directory, "directory is null");
    requireNonNull(script, "script is null");
    requireNonNull(text, "text is null");
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /** A folder with a script in it. */
  public Solution(Path directory, Path script, Map<String, String> env) {
    this(directory, script, env, Optional.empty());
  }
}
