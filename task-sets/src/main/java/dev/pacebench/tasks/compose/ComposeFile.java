package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlFile;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads compose files of tasks.
 *
 * <p>What can be had becomes a {@link ComposeProject}; anything else would change the task
 * silently, so it is told of as unsupported. What only concerns the host that compose runs on
 * (container names, published ports, the log folders) is passed over.
 */
public final class ComposeFile {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final int MOST_SERVICES = 16;

  private ComposeFile() {}

  /** Whether a compose file says everything of a service, or adds to what a harness says. */
  public enum Base {
    NONE,
    OF_THE_HARNESS
  }

  /**
   * Reads a file.
   *
   * @param file where the text was read from
   * @param name of the service that the task is worked in
   * @param base what the file is laid over
   * @param variables that the file may use, with their values
   * @param problems receives what is wrong, and what is asked for in vain
   * @return empty when the file cannot be understood
   */
  public static Optional<ComposeProject> read(
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
    boolean absent = services.get(name).isEmpty() && base == Base.OF_THE_HARNESS;
    if (!absent && !(services.get(name).orElse(null) instanceof Mapping)) {
      problems.add(
          Problem.error(
              Show.path(file) + ":" + services.line(),
              "has no service " + name,
              "give the service that agents work in this name"));
      return Optional.empty();
    }
    Report report = new Report(file, "services", new Interpolation(variables), problems);
    Map<String, ComposeService> read = new LinkedHashMap<>();
    services.values().forEach((each, node) -> service(report, each, node, name, read));
    ComposeService main =
        absent ? ComposeService.NONE : read.getOrDefault(name, ComposeService.NONE);
    read.remove(name);
    if (read.size() > MOST_SERVICES) {
      problems.add(
          Problem.unsupported(
              report.where(services.line()),
              "has " + read.size() + " services beside " + name,
              "describe at most " + MOST_SERVICES));
    }
    return Optional.of(
        new TopLevel(report.of("the file"), top)
            .settle(name, main, StartOrder.of(name, read, report)));
  }

  private static void service(
      Report report, String name, YamlNode node, String main, Map<String, ComposeService> read) {
    if (!NAME.matcher(name).matches()) {
      report.error(node.line(), Show.text(name), "is no name for a service", "use letters");
      return;
    }
    Optional<Mapping> fields = report.mapping(name, node);
    if (fields.isEmpty()) {
      return;
    }
    boolean optional = !name.equals(main) && fields.get().get("profiles").isPresent();
    if (optional) {
      report.warning(
          name + ".profiles",
          node.line(),
          "keeps it from being started",
          "leave it out if it should");
      return;
    }
    Report own = report.of("services." + name);
    ComposeService service = new ServiceReader(own, name, name.equals(main)).read(fields.get());
    if (!name.equals(main) && service.build().isEmpty() && service.image().isEmpty()) {
      report.error(node.line(), name, "has neither build nor image", "say what it is made of");
    }
    read.put(name, service);
  }
}
