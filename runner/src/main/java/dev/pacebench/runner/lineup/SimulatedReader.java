package dev.pacebench.runner.lineup;

import dev.pacebench.runner.lineup.SimulatedTier.Faults;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how a made-up tier behaves. */
final class SimulatedReader {

  private static final Duration LONGEST_FIRST = Duration.ofMinutes(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 1_000_000;
  private static final double FASTEST_PREFILL = 1e9;
  private static final int MOST_PER_FRAME = 10_000;

  private final Fields fields;

  SimulatedReader(Fields fields) {
    this.fields = fields;
  }

  /**
   * The tier of a model.
   *
   * @param provider absent when it is wrong itself
   */
  Optional<SimulatedTier> read(Mapping model, String owner, @Nullable Provider provider) {
    YamlNode node = model.values().get(LineupKeys.SIMULATED);
    String name = owner + "." + LineupKeys.SIMULATED;
    boolean simulated = provider != null && provider.simulated();
    if (node == null) {
      if (simulated) {
        fields.problem(
            model.line(),
            "`" + owner + "` has no `simulated`, and its provider is simulated",
            "add `simulated: {first_token: 400ms, tokens_per_second: 65, skill: 0.7}`");
      }
      return Optional.empty();
    }
    if (provider != null && provider.remote()) {
      fields.problem(
          model.keyLines().getOrDefault(LineupKeys.SIMULATED, node.line()),
          "`" + name + "` has no use, since its provider is a server",
          "remove it, or give the provider `protocol: simulated`");
      return Optional.empty();
    }
    return fields
        .mapping(node, name, LineupKeys.SIMULATED_TIER)
        .flatMap(mapping -> tier(mapping, name, simulated));
  }

  private Optional<SimulatedTier> tier(Mapping mapping, String name, boolean simulated) {
    Numbers numbers =
        new Numbers(fields, mapping, name).require("first_token", "tokens_per_second");
    if (simulated) {
      numbers.require("skill");
    }
    Optional<Duration> first = numbers.span("first_token", LONGEST_FIRST);
    Optional<Double> pace = numbers.number("tokens_per_second", SLOWEST, FASTEST);
    Optional<Long> frame = numbers.whole("tokens_per_frame", 1, MOST_PER_FRAME);
    Optional<Double> jitter = numbers.share("jitter");
    Optional<Duration> connect = numbers.span("connect", LONGEST_WAIT);
    Optional<Duration> roundtrip = numbers.span("roundtrip", LONGEST_WAIT);
    Optional<Double> prefill = numbers.number("prefill_tokens_per_second", 0, FASTEST_PREFILL);
    Optional<Double> skill = numbers.share("skill");
    Faults faults = faults(mapping, name);
    if (first.isEmpty() || pace.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SimulatedTier(
            first.get(),
            pace.get(),
            frame.orElse(1L).intValue(),
            jitter.orElse(0.0),
            connect.orElse(Duration.ZERO),
            roundtrip.orElse(Duration.ZERO),
            prefill.orElse(0.0),
            skill.orElse(1.0),
            faults));
  }

  private Faults faults(Mapping tier, String owner) {
    YamlNode node = tier.values().get("faults");
    String name = owner + ".faults";
    Mapping mapping =
        node == null ? null : fields.mapping(node, name, LineupKeys.FAULTS).orElse(null);
    if (mapping == null) {
      return Faults.NONE;
    }
    Numbers numbers = new Numbers(fields, mapping, name);
    double limited = numbers.share("rate_limited").orElse(0.0);
    double error = numbers.share("server_error").orElse(0.0);
    double overloaded = numbers.share("overloaded").orElse(0.0);
    double cut = numbers.share("cut").orElse(0.0);
    if (Stream.of(limited, error, overloaded, cut).mapToDouble(share -> share).sum() > 1) {
      fields.problem(
          mapping.line(), "the shares of `" + name + "` add up to more than 1", "lower them");
      return Faults.NONE;
    }
    return new Faults(limited, error, overloaded, cut);
  }
}
