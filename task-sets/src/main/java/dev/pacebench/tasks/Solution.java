package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reference solution: its folder, the script in it, and the script's environment. */
public record Solution(Path directory, Path script, Map<String, String> env) {

  public Solution {
    requireNonNull(directory, "directory is null");
    requireNonNull(script, "script is null");
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }
}
