package dev.pacebench.runner.lineup;

import dev.pacebench.runner.UserError;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads lineup files; every problem of a file is reported at once, each with its line.
 *
 * <p>A key that is not known is an error, since a misspelt limit that silently does nothing would
 * spoil a comparison.
 */
public final class LineupFile {

  private static final int MAX_CONTENDERS = 500;
  private static final String WHEN_EMPTY = "list the contenders under `contenders:`";

  private final String file;
  private final Path folder;
  private final Map<String, KnownAgent> agents;
  private final ProblemList problems = new ProblemList();
  private final Fields fields;

  private LineupFile(Path path, Map<String, KnownAgent> agents) {
    this.file = path.toString();
    Path parent = path.toAbsolutePath().getParent();
    this.folder = parent == null ? path.toAbsolutePath() : parent;
    this.agents = agents;
    this.fields = new Fields(file, problems);
  }

  /**
   * Reads a file.
   *
   * @param agents the known agents by name
   * @throws UserError with every problem
   */
  public static Lineup read(Path path, Map<String, KnownAgent> agents) {
    YamlNode root = YamlReader.read(path, WHEN_EMPTY);
    LineupFile reader = new LineupFile(path, agents);
    Lineup lineup = reader.lineup(root, nameOf(path));
    reader.problems.throwIfAny();
    return lineup;
  }

  private Lineup lineup(YamlNode root, String name) {
    if (root instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
      throw new UserError(file, "is empty", WHEN_EMPTY);
    }
    Mapping top = fields.mapping(root, "the file", LineupKeys.TOP).orElse(null);
    if (top == null) {
      return new Lineup(name, file, List.of(), Map.of(), false, false, Optional.empty());
    }
    ServedModels served = ServedModels.read(top, fields, folder);
    return new Lineup(
        name,
        file,
        contenders(top, served),
        served.all(),
        fields.flag(top, "task_network").orElse(false),
        fields.flag(top, "verify_network").orElse(false),
        fields.flag(top, "no_new_privileges"));
  }

  private List<Contender> contenders(Mapping top, ServedModels served) {
    YamlNode node = top.values().get("contenders");
    if (node == null) {
      problems.add(file, "has no `contenders`", "list at least one under `contenders:`");
      return List.of();
    }
    List<YamlNode> items = fields.list(node, "contenders").orElse(List.of());
    if (node instanceof YamlNode.Sequence && items.isEmpty()) {
      fields.problem(node.line(), "`contenders` is an empty list", "list at least one");
    }
    if (items.size() > MAX_CONTENDERS) {
      fields.problem(
          node.line(), "has more than " + MAX_CONTENDERS + " contenders", "split the file");
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    List<Contender> contenders = new ArrayList<>();
    ContenderReader reader = new ContenderReader(fields, agents, served);
    for (YamlNode item : items) {
      reader
          .read(item)
          .ifPresent(
              contender -> {
                Integer earlier = lines.putIfAbsent(contender.name(), item.line());
                if (earlier != null) {
                  fields.problem(
                      item.line(),
                      "a contender named `"
                          + contender.name()
                          + "` stands in line "
                          + earlier
                          + " already",
                      "give each contender a name of its own");
                }
                contenders.add(contender);
              });
    }
    return contenders;
  }

  private static String nameOf(Path path) {
    Path fileName = path.getFileName();
    String name = fileName == null ? path.toString() : fileName.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
