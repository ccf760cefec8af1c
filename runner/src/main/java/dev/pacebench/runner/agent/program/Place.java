package dev.pacebench.runner.agent.program;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a program lies on this machine.
 *
 * @param folder absolute; what sandboxes see of it
 * @param program its path within the folder
 */
public record Place(Path folder, Path program) {

  public Place {
    requireNonNull(folder, "folder is null");
    requireNonNull(program, "program is null");
    if (!folder.isAbsolute() || program.isAbsolute()) {
      throw new IllegalArgumentException("a program lies within an absolute folder: " + program);
    }
  }
}
