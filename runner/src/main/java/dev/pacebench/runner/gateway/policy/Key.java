package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

/** A secret; it prints as nothing. */
public record Key(String secret) {
  public Key {
    requireNonNull(secret, "secret is null");
  }

  @Override
  public String toString() {
    return "Key[hidden]";
  }
}
