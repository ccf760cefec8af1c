package dev.pacebench.runner.verify;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The raw rewards that a verifier wrote, and what they say.
 *
 * @param values by name; never empty
 * @param source the file they were read from
 */
public record Rewards(Map<String, Double> values, String source) {

  /** The name that decides when there are several. */
  public static final String DECISIVE = "reward";

  public Rewards {
    requireNonNull(source, "source is null");
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    if (values.isEmpty()) {
      throw new IllegalArgumentException("rewards are empty");
    }
  }

  /**
   * The reward that decides: the one named {@code reward}, or the only one; empty when several
   * stand there and none has that name, which is an error of the task.
   */
  public Optional<Double> decisive() {
    if (values.containsKey(DECISIVE)) {
      return Optional.of(values.get(DECISIVE));
    }
    return values.size() == 1 ? Optional.of(values.values().iterator().next()) : Optional.empty();
  }

  /** Whether the decisive reward is at least 1. */
  public boolean solved() {
    return decisive().map(reward -> reward >= 1.0).orElse(false);
  }
}
