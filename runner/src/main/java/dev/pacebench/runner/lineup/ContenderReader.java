package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.util.Map;
import java.util.Optional;

/** Reads a contender: agent, model, tier, settings, limits. */
final class ContenderReader {

  private static final int MAX_NAME = 80;

  private final Fields fields;
  private final Map<String, KnownAgent> agents;
  private final ServedModels served;

  ContenderReader(Fields fields, Map<String, KnownAgent> agents, ServedModels served) {
    this.fields = fields;
    this.agents = agents;
    this.served = served;
  }

  Optional<Contender> read(YamlNode item) {
    Mapping mapping = fields.mapping(item, "contenders", LineupKeys.CONTENDER).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<String> name = fields.required(mapping, "contender", "name");
    name.ifPresent(found -> checkName(mapping, found));
    String owner = name.map(found -> "contender " + found).orElse("contender");
    Optional<String> agent = fields.required(mapping, owner, "agent");
    agent.ifPresent(found -> checkAgent(mapping, found));
    Optional<KnownAgent> known = agent.map(agents::get);
    boolean modelless =
        known.map(found -> !found.takesModel() || isWithout(found, mapping)).orElse(false);
    Optional<ServedModel> model = model(mapping, owner, agent.orElse(""));
    Map<String, String> tier = new TierReader(fields).read(mapping, owner, model);
    if (modelless && mapping.values().containsKey("tier")) {
      fields.problem(
          lineOf(mapping, "tier"),
          "`tier` has no use, since " + owner + " uses no model",
          "remove it");
    }
    Map<String, String> settings = fields.texts(mapping, "settings");
    ContenderLimits limits = new LimitsReader(fields).read(mapping, owner, modelless, model);
    if (name.isEmpty() || agent.isEmpty()) {
      return Optional.empty();
    }
    String version = known.map(KnownAgent::version).orElse("");
    Contender contender =
        new Contender(
            name.get(),
            agent.get(),
            version,
            fields.optional(mapping, "model"),
            tier,
            settings,
            limits,
            model.map(found -> !found.provider().remote()).orElse(false),
            ContenderDigest.of(agent.get(), version, model, tier, settings, limits));
    known.ifPresent(found -> ask(found, contender, model, mapping));
    return Optional.of(contender);
  }

  private void ask(
      KnownAgent agent, Contender contender, Optional<ServedModel> model, Mapping mapping) {
    Optional<ServingTier> serving = model.map(found -> ServingTier.of(contender, found));
    for (Objection objection : agent.check().objections(contender, serving)) {
      fields.problem(
          lineOfPath(mapping, objection.key()),
          "contender " + contender.name() + ": " + objection.what(),
          objection.remedy());
    }
  }

  /** The line of what a path with dots leads to, as far as the file has it. */
  private static int lineOfPath(Mapping mapping, String path) {
    int dot = path.indexOf('.');
    String key = dot < 0 ? path : path.substring(0, dot);
    return dot >= 0 && mapping.values().get(key) instanceof Mapping inner
        ? lineOfPath(inner, path.substring(dot + 1))
        : lineOf(mapping, key);
  }

  private static boolean isWithout(KnownAgent agent, Mapping mapping) {
    return !agent.needsModel() && !mapping.values().containsKey("model");
  }

  private void checkName(Mapping mapping, String name) {
    int line = lineOf(mapping, "name");
    if (name.length() > MAX_NAME) {
      fields.problem(line, "the name has more than " + MAX_NAME + " characters", "shorten it");
    } else if (!name.codePoints().allMatch(ContenderReader::isPlain)) {
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

  private Optional<ServedModel> model(Mapping mapping, String owner, String agent) {
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
    if (known != null && !known.takesModel()) {
      fields.problem(
          lineOf(mapping, "model"),
          "agent `" + agent + "` uses no model",
          "remove the `model` line");
      return Optional.empty();
    }
    return served.find(name.get(), lineOf(mapping, "model"), fields);
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.lineOf(key);
  }
}
