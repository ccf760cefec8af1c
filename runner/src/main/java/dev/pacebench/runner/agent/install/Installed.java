package dev.pacebench.runner.agent.install;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An agent's program on this machine, and what it is made of.
 *
 * @param folder to mount into sandboxes; absent where the agent has no program of its own
 * @param program path of the program inside the folder
 * @param packages all that came, sorted
 * @param python the Python they are for, such as 3.11; absent for other kinds
 * @param digest SHA-256 over the packages, or over the content of a folder that was there already
 */
public record Installed(
    Optional<Path> folder,
    Optional<String> program,
    List<InstalledPackage> packages,
    Optional<String> python,
    String digest) {

  public Installed {
    requireNonNull(folder, "folder is null");
    requireNonNull(program, "program is null");
    requireNonNull(python, "python is null");
    requireNonNull(digest, "digest is null");
    packages = packages.stream().sorted().toList();
    if (folder.isPresent() != program.isPresent()) {
      throw new IllegalArgumentException("a folder and its program go together");
    }
  }

  /** Of an agent that brings no program. */
  public static Installed nothing() {
    return new Installed(
        Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Sha256.hex(""));
  }
}
