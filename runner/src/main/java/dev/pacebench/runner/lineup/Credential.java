package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a secret is found; never the secret itself.
 *
 * <p>It prints without a program's arguments, since people write keys into those.
 *
 * @param source what kind of place
 * @param value the variable's name, the file's path, or the program and its arguments
 * @param field where what is found there is JSON: the field to take, such as {@code
 *     tokens.access_token}
 * @param scheme how the key is sent; absent for what its protocol expects
 */
public record Credential(
    Source source, List<String> value, Optional<String> field, Optional<Scheme> scheme) {

  /** Kinds of places. */
  public enum Source {
    ENV,
    FILE,
    COMMAND
  }

  /** Ways to send a key. */
  public enum Scheme {
    /** {@code Authorization: Bearer KEY}. */
    BEARER,
    /** {@code x-api-key: KEY}. */
    API_KEY;

    /** As lineups write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Credential {
    requireNonNull(source, "source is null");
    value = List.copyOf(value);
    requireNonNull(field, "field is null");
    requireNonNull(scheme, "scheme is null");
    if (value.isEmpty() || (source != Source.COMMAND && value.size() != 1)) {
      throw new IllegalArgumentException("a credential needs one place");
    }
  }

  /** The place, for messages. */
  public String place() {
    String name = value.get(0);
    return switch (source) {
      case ENV -> "environment variable " + name;
      case FILE -> "file " + name;
      case COMMAND -> "program " + name;
    };
  }

  @Override
  public String toString() {
    return "Credential[" + place() + "]";
  }
}
