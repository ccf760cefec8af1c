package dev.pacebench.runner.agent.manifest;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Objection;
import dev.pacebench.runner.lineup.ServingTier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares contenders with what their agent's manifest says of it. */
public final class ManifestCheck {

  private ManifestCheck() {}

  /** Everything that does not fit: unknown settings, and ways to a model that it does not know. */
  public static List<Objection> objections(
      AgentManifest manifest, Contender contender, Optional<ServingTier> tier) {
    List<Objection> objections =
        new ArrayList<>(
            Objection.toSettings(
                manifest.name(), contender.settings(), manifest.settings().keySet()));
    tier.flatMap(served -> toTier(manifest, contender, served)).ifPresent(objections::add);
    return objections;
  }

  private static Optional<Objection> toTier(
      AgentManifest manifest, Contender contender, ServingTier tier) {
    Map<Protocol, List<Transport>> speaks = manifest.speaks();
    Optional<List<Transport>> transports = Protocol.of(tier.protocol()).map(speaks::get);
    if (transports.isEmpty()) {
      Protocol own = speaks.keySet().iterator().next();
      return Optional.of(
          new Objection(
              contender.tier().containsKey("protocol") ? "tier.protocol" : "model",
              "agent `"
                  + manifest.name()
                  + "` does not speak "
                  + tier.protocol()
                  + ", but "
                  + spoken(speaks),
              contender.simulated()
                  ? "write `tier: {protocol: " + own.word() + "}`"
                  : "choose a model whose provider speaks " + own.word() + ", or another agent"));
    }
    boolean fits = transports.get().stream().anyMatch(one -> one.word().equals(tier.transport()));
    if (fits) {
      return Optional.empty();
    }
    return Optional.of(
        new Objection(
            "tier.transport",
            "agent `"
                + manifest.name()
                + "` does not speak "
                + tier.protocol()
                + " over "
                + tier.transport(),
            "write `tier: {transport: " + transports.get().get(0).word() + "}`"));
  }

  /** Protocols and transports for people. */
  public static String spoken(Map<Protocol, List<Transport>> speaks) {
    return speaks.entrySet().stream()
        .map(
            entry ->
                entry.getKey().word()
                    + " ("
                    + entry.getValue().stream()
                        .map(Transport::word)
                        .collect(Collectors.joining(", "))
                    + ")")
        .collect(Collectors.joining(", "));
  }
}
