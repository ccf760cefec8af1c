package dev.pacebench.runner.agent.manifest;

import static java.util.Objects.requireNonNull;

/**
 * Something of an agent that a lineup may set.
 *
 * @param byDefault what holds when the lineup says nothing; may be empty
 * @param about for people
 */
public record Setting(String byDefault, String about) {
  public Setting {
    requireNonNull(byDefault, "byDefault is null");
    requireNonNull(about, "about is null");
  }
}
