package dev.pacebench.tasks.swe;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How the deciding tests came out.
 *
 * @param failToPass those that pass now
 * @param failToPassMissed those that do not
 * @param passToPass those that still pass
 * @param passToPassMissed those that do not
 * @param rejected why the whole output counts for nothing; empty otherwise
 */
public record Grade(
    List<String> failToPass,
    List<String> failToPassMissed,
    List<String> passToPass,
    List<String> passToPassMissed,
    String rejected) {

  public Grade {
    failToPass = List.copyOf(failToPass);
    failToPassMissed = List.copyOf(failToPassMissed);
    passToPass = List.copyOf(passToPass);
    passToPassMissed = List.copyOf(passToPassMissed);
    requireNonNull(rejected, "rejected is null");
  }

  public boolean resolved() {
    return rejected.isEmpty() && failToPassMissed.isEmpty() && passToPassMissed.isEmpty();
  }

  /** The same tests, none of which counts. */
  public Grade rejected(String why) {
    return new Grade(failToPass, failToPassMissed, passToPass, passToPassMissed, why);
  }
}
