package dev.pacebench.runner.lineup;

import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.time.Duration;
import java.util.Optional;

/** Reads a contender's limits. */
final class LimitsReader {

  private static final long MOST_STEPS = 100_000;
  private static final long MOST_TOKENS = 10_000_000_000L;
  private static final double LEAST_COST = 0.0001;
  private static final double MOST_COST = 100_000;
  private static final long MOST_IN_FLIGHT = 10_000;
  private static final long MOST_REQUESTS = 10_000_000;

  private final Fields fields;

  LimitsReader(Fields fields) {
    this.fields = fields;
  }

  /**
   * The limits of a contender.
   *
   * @param modelless whether its agent uses no model, so that limits of calls have no use
   * @param model absent when the contender has none or it is wrong itself
   */
  ContenderLimits read(
      Mapping contender, String owner, boolean modelless, Optional<ServedModel> model) {
    YamlNode node = contender.values().get("limits");
    Mapping mapping =
        node == null ? null : fields.mapping(node, "limits", LineupKeys.LIMITS).orElse(null);
    if (mapping == null) {
      return ContenderLimits.none();
    }
    Numbers numbers = new Numbers(fields, mapping, "limits");
    Optional<Double> cost = numbers.number("cost", LEAST_COST, MOST_COST);
    ContenderLimits limits =
        new ContenderLimits(
            time(mapping),
            numbers.whole("steps", 1, MOST_STEPS).map(Long::intValue),
            numbers.whole("tokens", 1, MOST_TOKENS),
            cost,
            new CallRates(
                numbers.whole("requests_in_flight", 1, MOST_IN_FLIGHT).map(Long::intValue),
                numbers.whole("requests_per_minute", 1, MOST_REQUESTS).map(Long::intValue),
                numbers.whole("tokens_per_minute", 1, MOST_TOKENS)));
    if (modelless) {
      refuseAllButTime(mapping, owner);
    } else if (cost.isPresent() && model.filter(found -> found.price().isEmpty()).isPresent()) {
      fields.problem(
          mapping.lineOf("cost"),
          "`limits.cost` of " + owner + " needs the price of model `" + model.get().name() + "`",
          "add `price: {input: ..., output: ...}` to the model");
    }
    return limits;
  }

  private void refuseAllButTime(Mapping mapping, String owner) {
    for (String key : mapping.values().keySet()) {
      if (!key.equals("time") && LineupKeys.LIMITS.contains(key)) {
        fields.problem(
            mapping.lineOf(key),
            "`limits." + key + "` has no use, since " + owner + " uses no model",
            "remove it");
      }
    }
  }

  private Optional<Duration> time(Mapping mapping) {
    YamlNode node = mapping.values().get("time");
    if (node == null) {
      return Optional.empty();
    }
    Optional<String> text = fields.text(node, "limits.time");
    Optional<Duration> span = text.flatMap(TimeSpans::read);
    if (text.isPresent() && span.isEmpty()) {
      fields.problem(
          node.line(),
          "`limits.time` is `" + text.get() + "`, which is no span between 1 ms and 7 days",
          TimeSpans.FORM);
    }
    return span;
  }
}
