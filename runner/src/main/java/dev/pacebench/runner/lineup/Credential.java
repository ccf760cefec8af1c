package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where a secret is found; never the secret itself.
 *
 * @param source what kind of place
 * @param value the variable's name, the file's path, or the program and its arguments
 * @param field where what is found there is JSON: the field to take, such as {@code
 *     tokens.access_token}
 */
public record Credential(Source source, List<String> value, Optional<String> field) {

  /** Kinds of places. */
  public enum Source {
    ENV,
    FILE,
    COMMAND
  }

  public Credential {
    requireNonNull(source, "source is null");
    value = List.copyOf(value);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a credential needs a place");
    }
  }
}
