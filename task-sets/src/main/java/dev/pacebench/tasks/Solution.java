package dev.pacebench.tasks;

import java.nio.file.Path;
import java.util.Map;

/** A reference solution: its folder, the script in it, and the script's environment. */
public record Solution(Path directory, Path script, Map<String, String> env) {}
