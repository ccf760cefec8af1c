package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlFile;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads compose files of tasks.
 *
 * <p>What can be had without compose becomes a {@link ComposeService}; anything else would change
 * the task silently, so it is told of as unsupported. What only concerns the host that compose runs
 * on (names, published ports, restarts, the log folders) is passed over.
 */
public final class ComposeFile {

  private ComposeFile() {}

  /** Whether a compose file says everything of a service, or adds to what a harness says. */
  public enum Base {
    NONE,
    OF_THE_HARNESS
  }

  /**
   * Reads the service that a task works in.
   *
   * @param file where the text was read from
   * @param name the service's
   * @param base what the file is laid over
   * @param variables that the file may use, with their values
   * @param problems receives what is wrong, and what is asked for in vain
   * @return empty when the file cannot be understood
   */
  public static Optional<ComposeService> read(
      Path file,
      String text,
      String name,
      Base base,
      Map<String, String> variables,
      List<Problem> problems) {
    Optional<YamlNode> root = YamlFile.parse(file, text, problems);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    if (!(root.get() instanceof Mapping top)
        || !(top.get("services").orElse(null) instanceof Mapping services)) {
      problems.add(
          Problem.error(
              Show.path(file), "has no services", "describe the service " + name + " in it"));
      return Optional.empty();
    }
    if (services.get(name).isEmpty() && base == Base.OF_THE_HARNESS) {
      others(file, name, services, problems);
      return Optional.of(ComposeService.NONE);
    }
    if (!(services.get(name).orElse(null) instanceof Mapping service)) {
      problems.add(
          Problem.error(
              Show.path(file) + ":" + services.line(),
              "has no service " + name,
              "give the service that agents work in this name"));
      return Optional.empty();
    }
    others(file, name, services, problems);
    ServiceReader reader = new ServiceReader(file, name, new Interpolation(variables), problems);
    return Optional.of(reader.read(service));
  }

  private static void others(Path file, String name, Mapping services, List<Problem> problems) {
    List<String> others = new ArrayList<>(services.values().keySet());
    others.remove(name);
    if (!others.isEmpty()) {
      problems.add(
          Problem.unsupported(
              Show.path(file),
              "has further services (" + Show.text(String.join(", ", others)) + ")",
              "tasks here work in one sandbox: let " + name + " start what it needs itself"));
    }
  }
}
