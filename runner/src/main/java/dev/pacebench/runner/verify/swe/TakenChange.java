package dev.pacebench.runner.verify.swe;

import static java.util.Objects.requireNonNull;

/**
 * What an agent changed.
 *
 * @param patch as {@code git diff --binary} writes it; empty when nothing was changed
 * @param problem why it could not be taken; empty when it could
 */
public record TakenChange(byte[] patch, String problem) {

  public TakenChange {
    requireNonNull(patch, "patch is null");
    requireNonNull(problem, "problem is null");
  }

  static TakenChange none(String problem) {
    return new TakenChange(new byte[0], problem);
  }
}
