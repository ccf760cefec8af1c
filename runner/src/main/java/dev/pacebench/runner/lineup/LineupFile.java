package dev.pacebench.runner.lineup;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.YamlNode.Mapping;
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
  private static final int MAX_NAME = 80;

  private final String file;
  private final Map<String, KnownAgent> agents;
  private final ProblemList problems = new ProblemList();
  private final Fields fields;

  private LineupFile(Path path, Map<String, KnownAgent> agents) {
    this.file = path.toString();
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
    YamlNode root = YamlReader.read(path);
    LineupFile reader = new LineupFile(path, agents);
    Lineup lineup = reader.lineup(root, nameOf(path));
    reader.problems.throwIfAny();
    return lineup;
  }

  private Lineup lineup(YamlNode root, String name) {
    if (root instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
      throw new UserError(file, "is empty", "list the contenders under `contenders:`");
    }
    Mapping top = fields.mapping(root, "the file", LineupKeys.TOP).orElse(null);
    if (top == null) {
      return new Lineup(name, file, List.of(), Map.of(), false, false, Optional.empty());
    }
    ServedModels served = ServedModels.read(top, fields);
    return new Lineup(
        name,
        file,
        contenders(top, served),
        Map.of(),
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
    for (YamlNode item : items) {
      contender(item, served)
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

  private Optional<Contender> contender(YamlNode item, ServedModels served) {
    Mapping mapping = fields.mapping(item, "contenders", LineupKeys.CONTENDER).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<String> name = fields.required(mapping, "contender", "name");
    name.ifPresent(found -> checkName(mapping, found));
    String owner = name.map(found -> "contender " + found).orElse("contender");
    Optional<String> agent = fields.required(mapping, owner, "agent");
    agent.ifPresent(found -> checkAgent(mapping, found));
    Optional<ServedModels.Served> model = model(mapping, served, owner, agent.orElse(""));
    Map<String, String> tier = fields.texts(mapping, "tier");
    Map<String, String> settings = fields.texts(mapping, "settings");
    ContenderLimits limits = limits(mapping);
    if (name.isEmpty() || agent.isEmpty()) {
      return Optional.empty();
    }
    KnownAgent known = agents.get(agent.get());
    String version = known == null ? "" : known.version();
    return Optional.of(
        new Contender(
            name.get(),
            agent.get(),
            version,
            fields.optional(mapping, "model"),
            tier,
            settings,
            limits,
            model.map(ServedModels.Served::simulated).orElse(false),
            ContenderDigest.of(agent.get(), version, model, tier, settings, limits)));
  }

  private void checkName(Mapping mapping, String name) {
    int line = lineOf(mapping, "name");
    if (name.length() > MAX_NAME) {
      fields.problem(line, "the name has more than " + MAX_NAME + " characters", "shorten it");
    } else if (!name.codePoints().allMatch(LineupFile::isPlain)) {
      fields.problem(
          line, "the name holds characters that cannot be shown", "use letters and digits");
    }
  }

  private static boolean isPlain(int codePoint) {
    int type = Character.getType(codePoint);
    return !Character.isISOControl(codePoint)
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE;
  }

  private void checkAgent(Mapping mapping, String agent) {
    if (!agents.containsKey(agent)) {
      fields.problem(
          lineOf(mapping, "agent"),
          "unknown agent `" + agent + "`",
          Nearest.hint(agent, agents.keySet()) + " (`pacebench agents list` shows all)");
    }
  }

  private Optional<ServedModels.Served> model(
      Mapping mapping, ServedModels served, String owner, String agent) {
    Optional<String> name = fields.optional(mapping, "model");
    KnownAgent known = agents.get(agent);
    if (name.isEmpty()) {
      if (known != null && known.needsModel() && !mapping.values().containsKey("model")) {
        fields.problem(
            mapping.line(),
            owner + " has no `model`, which agent `" + agent + "` needs",
            "add `model: NAME`, defined under `models:`");
      }
      return Optional.empty();
    }
    if (known != null && !known.needsModel()) {
      fields.problem(
          lineOf(mapping, "model"),
          "agent `" + agent + "` uses no model",
          "remove the `model` line");
      return Optional.empty();
    }
    return served.find(name.get(), lineOf(mapping, "model"), fields);
  }

  private ContenderLimits limits(Mapping mapping) {
    YamlNode node = mapping.values().get("limits");
    if (node == null) {
      return ContenderLimits.none();
    }
    return fields
        .mapping(node, "limits", LineupKeys.LIMITS)
        .flatMap(found -> Optional.ofNullable(found.values().get("time")))
        .flatMap(
            time ->
                fields
                    .text(time, "limits.time")
                    .flatMap(
                        text -> {
                          var span = TimeSpans.read(text);
                          if (span.isEmpty()) {
                            fields.problem(
                                time.line(),
                                "`limits.time` is `"
                                    + text
                                    + "`, which is no span between 1 ms and 7 days",
                                TimeSpans.FORM);
                          }
                          return span;
                        }))
        .map(span -> new ContenderLimits(Optional.of(span)))
        .orElse(ContenderLimits.none());
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.keyLines().getOrDefault(key, mapping.line());
  }

  private static String nameOf(Path path) {
    Path fileName = path.getFileName();
    String name = fileName == null ? path.toString() : fileName.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
