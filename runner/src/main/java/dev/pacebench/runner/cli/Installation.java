package dev.pacebench.runner.cli;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineups;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.StoredDigests;
import dev.pacebench.tasks.sets.TaskSets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the data that comes with Pacebench lies.
 *
 * @param sets bundled task sets
 * @param images what sandbox providers build for themselves
 * @param lineups ready lineups
 * @param agents manifests of agents
 */
record Installation(Path sets, Path images, Path lineups, Path agents) {

  /**
   * Names the folder that holds {@code sets}, {@code images}, {@code lineups} and {@code agents}.
   */
  static final String PROPERTY = "pacebench.lib";

  static Installation locate() {
    String property = System.getProperty(PROPERTY);
    if (property != null) {
      Path lib = Path.of(property).toAbsolutePath().normalize();
      return new Installation(
          lib.resolve("sets"),
          lib.resolve("images"),
          lib.resolve("lineups"),
          lib.resolve("agents"));
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = parent(folder)) {
      if (Files.isDirectory(folder.resolve("task-sets/sets"))) {
        return ofSources(folder);
      }
    }
    throw new InfrastructureError(
        "the bundled task sets cannot be found", "start Pacebench by its launcher `pacebench`");
  }

  /** The same data where it lies in a checkout. */
  private static Installation ofSources(Path root) {
    return new Installation(
        root.resolve("task-sets/sets"),
        root.resolve("sandboxes/images"),
        root.resolve("runner/lineups"),
        root.resolve("runner/agents"));
  }

  private static @Nullable Path parent(Path folder) {
    return folder.getParent();
  }

  TaskSets taskSets(Home home) {
    return new TaskSets(sets, home.importedSets(), home.cache().resolve("archives"), digests(home));
  }

  /** Looking at task sets makes no home. */
  private static DigestMemory digests(Home home) {
    return Files.isDirectory(home.root())
        ? new StoredDigests(home.cache().resolve("digests"))
        : DigestMemory.NONE;
  }

  Lineups lineupFiles() {
    return new Lineups(lineups);
  }
}
