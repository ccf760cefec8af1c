package dev.pacebench.runner.agent.manifest;

import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All manifests of this installation and its user.
 *
 * <p>A file that is wrong spoils no other: it is told apart, and its agent does not exist.
 *
 * @param byName good ones
 * @param wrong what is the matter with others, by file
 */
public record AgentManifests(Map<String, AgentManifest> byName, Map<Path, UserError> wrong) {

  public AgentManifests {
    byName = Map.copyOf(byName);
    wrong = Map.copyOf(wrong);
  }

  /** As {@link #all(List, Collection)}, with no names taken. */
  public static AgentManifests all(List<Path> folders) {
    return all(folders, List.of());
  }

  /**
   * Reads all manifests of some folders; a folder may be absent.
   *
   * @param folders those that ship with Pacebench first; a name of an earlier one cannot be hidden
   * @param taken names of agents that need no manifest
   */
  public static AgentManifests all(List<Path> folders, Collection<String> taken) {
    Map<String, AgentManifest> byName = new TreeMap<>();
    Map<String, Path> from = new TreeMap<>();
    Map<Path, UserError> wrong = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        try {
          AgentManifest manifest = ManifestFile.read(file);
          String name = manifest.name();
          if (taken.contains(name) || from.containsKey(name)) {
            throw new UserError(
                file.toString(),
                "an agent named `"
                    + name
                    + "` comes with Pacebench"
                    + (from.containsKey(name) ? ", in " + from.get(name) : ""),
                "rename the file and its `name`, such as my-" + name);
          }
          from.put(name, file);
          byName.put(name, manifest);
        } catch (UserError e) {
          wrong.put(file, e);
        }
      }
    }
    return new AgentManifests(byName, wrong);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the manifests in " + folder + " cannot be listed", e);
    }
  }
}
