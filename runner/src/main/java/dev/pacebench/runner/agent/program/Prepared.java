package dev.pacebench.runner.agent.program;

import java.util.Map;
import java.util.Optional;

/**
 * What the set-up of one try left for its agent phase.
 *
 * @param values of all placeholders
 * @param lacking what the task's image lacks for the program, if anything
 */
record Prepared(Map<String, String> values, Optional<String> lacking) {

  Prepared {
    values = Map.copyOf(values);
  }

  @Override
  public String toString() {
    // The values hold the token.
    return "Prepared[" + lacking + "]";
  }
}
