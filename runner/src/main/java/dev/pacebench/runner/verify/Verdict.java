package dev.pacebench.runner.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What verification found.
 *
 * @param rewards absent when the verifier stayed silent
 * @param problem why it stayed silent or did not pass, where it is known; empty otherwise
 * @param tampered paths whose change could make the verifier lie; empty when none was found
 * @param figures counts of the verifier's own report
 * @param rounds how often the verifier ran
 */
public record Verdict(
    Optional<Rewards> rewards,
    String problem,
    List<String> tampered,
    Map<String, Double> figures,
    int rounds) {

  public Verdict {
    requireNonNull(problem, "problem is null");
    tampered = List.copyOf(tampered);
    figures = Map.copyOf(figures);
  }

  /** The verifier passed, and there is no reason to disbelieve it. */
  public boolean solved() {
    return tampered.isEmpty() && rewards.map(Rewards::solved).orElse(false);
  }
}
