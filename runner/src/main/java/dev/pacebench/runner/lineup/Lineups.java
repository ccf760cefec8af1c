package dev.pacebench.runner.lineup;

import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds lineup files by bundled name or path. */
public final class Lineups {

  private final Path bundled;

  /**
   * @param bundled the folder of ready lineups; may be absent
   */
  public Lineups(Path bundled) {
    this.bundled = bundled;
  }

  /** Names of the ready lineups. */
  public List<String> names() {
    if (!Files.isDirectory(bundled)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(bundled)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled lineups cannot be listed", e);
    }
  }

  /**
   * The file behind an argument: a bundled name, or a path.
   *
   * @throws UserError when there is none, with the nearest name
   */
  public Path resolve(String argument) {
    if (names().contains(argument)) {
      return bundled.resolve(argument + ".yaml");
    }
    boolean looksLikePath =
        argument.contains("/") || argument.endsWith(".yaml") || argument.endsWith(".yml");
    if (looksLikePath || (!argument.isEmpty() && Files.exists(Path.of(argument)))) {
      return Path.of(argument).toAbsolutePath().normalize();
    }
    throw new UserError(
        "-l " + argument,
        "there is no lineup of that name",
        Nearest.hint(argument, names()) + ", or name a file");
  }
}
