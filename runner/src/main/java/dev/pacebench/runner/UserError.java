package dev.pacebench.runner;

import static java.util.Objects.requireNonNull;

/** Something that the user must change: what happened, where, and the remedy. Exit code 2. */
public final class UserError extends RuntimeException {

  private final String remedy;

  public UserError(String where, String what, String remedy) {
    super(where.isEmpty() ? what : where + ": " + what);
    this.remedy = requireNonNull(remedy, "remedy is null");
  }

  public String remedy() {
    return remedy;
  }
}
