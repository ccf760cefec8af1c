package dev.pacebench.runner.speed;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.lineup.ServingTier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tier of a lineup: a model and how it is served.
 *
 * @param name that of the first contender which uses it
 * @param contenders all that use it
 * @param contender to open doors for; without limits on a trial's tokens and money
 */
public record ProbedTier(
    String name,
    List<String> contenders,
    Contender contender,
    ServedModel model,
    ServingTier serving) {

  public ProbedTier {
    requireNonNull(name, "name is null");
    requireNonNull(contender, "contender is null");
    requireNonNull(model, "model is null");
    requireNonNull(serving, "serving is null");
    contenders = List.copyOf(contenders);
  }

  private record Identity(String model, ServingTier serving) {}

  /**
   * The tiers of a lineup in its order, each once.
   *
   * @param only names of contenders; all when it is empty
   */
  public static List<ProbedTier> of(Lineup lineup, List<String> only) {
    List<String> names = lineup.contenders().stream().map(Contender::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new UserError(
            "--contender " + name, "is not in " + lineup.source(), Nearest.hint(name, names));
      }
    }
    Map<Identity, ProbedTier> tiers = new LinkedHashMap<>();
    for (Contender contender : lineup.contenders()) {
      Optional<ServedModel> model = contender.model().map(lineup.models()::get);
      boolean wanted = only.isEmpty() || only.contains(contender.name());
      // A recording answers only what was recorded.
      if (wanted && model.filter(m -> !m.provider().replayed()).isPresent()) {
        ServingTier serving = ServingTier.of(contender, model.get());
        if (serving.protocol().equals(Protocol.GEMINI.word())) {
          throw new UserError(
              lineup.source(),
              "the tier of "
                  + contender.name()
                  + " speaks gemini, over which speed is not measured",
              "name the others: --contender NAME");
        }
        tiers.merge(
            new Identity(model.get().name(), serving),
            new ProbedTier(
                contender.name(),
                List.of(contender.name()),
                unlimited(contender),
                model.get(),
                serving),
            ProbedTier::with);
      }
    }
    if (tiers.isEmpty()) {
      throw new UserError(
          lineup.source(),
          "has no model to call" + (only.isEmpty() ? "" : " among those contenders"),
          "name a lineup with models, such as codex-spark");
    }
    return List.copyOf(tiers.values());
  }

  private ProbedTier with(ProbedTier other) {
    List<String> all = new ArrayList<>(contenders);
    all.addAll(other.contenders);
    return new ProbedTier(name, all, contender, model, serving);
  }

  private static Contender unlimited(Contender contender) {
    ContenderLimits none =
        new ContenderLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            contender.limits().rates());
    return new Contender(
        contender.name(),
        contender.agent(),
        contender.agentVersion(),
        contender.model(),
        contender.tier(),
        contender.settings(),
        none,
        contender.simulated(),
        contender.digest());
  }

  /** Whether its answers are made up here. */
  public boolean simulated() {
    return model.provider().simulated();
  }

  Protocol protocol() {
    return Protocol.of(serving.protocol()).orElseThrow();
  }

  Transport transport() {
    return serving.transport().equals(Transport.WEBSOCKET.word())
        ? Transport.WEBSOCKET
        : Transport.SSE;
  }
}
