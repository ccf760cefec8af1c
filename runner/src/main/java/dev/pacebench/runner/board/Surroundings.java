package dev.pacebench.runner.board;

import dev.pacebench.leaderboard.TrialRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What surrounded the trials of a run, as their records say it. */
final class Surroundings {

  /** Fields of the conditions that say nothing about one trial alone. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("engine", "engine"),
          Map.entry("machine", "machine"),
          Map.entry("image", "images"),
          Map.entry("cpus", "cpus per trial"),
          Map.entry("memory_bytes", "memory per trial, bytes"),
          Map.entry("capabilities", "capabilities"),
          Map.entry("network_agent", "network of agents"),
          Map.entry("network_verify", "network of verifiers"),
          Map.entry("no_new_privileges", "no new privileges"),
          Map.entry("dispatcher", "commands by"));

  /** More different values than this are counted, not listed. */
  private static final int MOST_VALUES = 3;

  private final Map<String, TreeSet<String>> values = new TreeMap<>();
  private Optional<Instant> newest = Optional.empty();

  void see(TrialRecord result) {
    FIELDS
        .keySet()
        .forEach(
            field -> {
              String value = result.conditions().get(field);
              if (value != null && !value.isEmpty()) {
                values.computeIfAbsent(field, key -> new TreeSet<>()).add(value);
              }
            });
    if (result.startedAt() != null) {
      Instant ended = ended(result);
      newest = newest.filter(known -> known.isAfter(ended)).or(() -> Optional.of(ended));
    }
  }

  private static Instant ended(TrialRecord result) {
    try {
      double seconds = Math.min(1e8, Math.max(0, result.wallSeconds()));
      return result.startedAt().plusMillis(Math.round(1000 * seconds));
    } catch (DateTimeException | ArithmeticException e) {
      return result.startedAt();
    }
  }

  /** When the last of them ended. */
  Optional<Instant> newest() {
    return newest;
  }

  /** All values of a field; empty where no trial says it. */
  String fact(String field) {
    TreeSet<String> all = values.getOrDefault(field, new TreeSet<>());
    return all.size() > MOST_VALUES ? all.size() + " different ones" : String.join(", ", all);
  }

  /** All fields, by their names for people. */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    values.keySet().forEach(field -> facts.put(FIELDS.getOrDefault(field, field), fact(field)));
    return facts;
  }
}
