package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What an agent has against a contender that names it.
 *
 * @param key of the contender that it is about, such as {@code model} or {@code settings.NAME}
 */
public record Objection(String key, String what, String remedy) {

  public Objection {
    requireNonNull(key, "key is null");
    requireNonNull(what, "what is null");
    requireNonNull(remedy, "remedy is null");
  }

  /** One for each setting that the agent does not know. */
  public static List<Objection> toSettings(
      String agent, Map<String, String> settings, Collection<String> known) {
    List<Objection> objections = new ArrayList<>();
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        objections.add(
            new Objection(
                "settings." + name,
                "agent `" + agent + "` has no setting `" + name + "`",
                known.isEmpty() ? "remove it: the agent has none" : Nearest.hint(name, known)));
      }
    }
    return objections;
  }
}
