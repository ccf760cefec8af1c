package dev.pacebench.runner.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a program comes to this machine, and into sandboxes.
 *
 * @param packages with their exact versions, as the kind's tool writes them
 * @param after commands run once in the fresh folder, on this machine
 * @param folder where a program of kind {@code folder} lies
 * @param program path inside the folder; {@code *} stands for part of a name, {@code **} for
 *     folders
 * @param needs programs that the sandbox's image must have
 */
public record Provide(
    Kind kind,
    List<String> packages,
    List<List<String>> after,
    Optional<Path> folder,
    Optional<String> program,
    List<String> needs) {

  /** Who brings it. */
  public enum Kind {
    NPM,
    PIP,
    /** It lies on this machine already. */
    FOLDER,
    /** It is in the sandbox's image, or needs no program of its own. */
    NONE;

    /** As manifests write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Provide {
    requireNonNull(kind, "kind is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(program, "program is null");
    packages = List.copyOf(packages);
    after = after.stream().map(List::copyOf).toList();
    needs = List.copyOf(needs);
    boolean installed = kind == Kind.NPM || kind == Kind.PIP;
    if (installed == packages.isEmpty()) {
      throw new IllegalArgumentException("packages are for npm and pip: " + kind + packages);
    }
    if ((kind == Kind.FOLDER) != folder.isPresent()) {
      throw new IllegalArgumentException("a folder is for kind folder: " + kind);
    }
    if ((kind == Kind.NONE) == program.isPresent()) {
      throw new IllegalArgumentException("a program is for all kinds but none: " + kind);
    }
  }
}
