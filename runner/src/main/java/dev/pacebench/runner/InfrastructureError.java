package dev.pacebench.runner;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Engine, database or provider is not available: what happened and the remedy. Exit code 3. */
public final class InfrastructureError extends RuntimeException {

  private final String remedy;

  public InfrastructureError(String what, String remedy, @Nullable Throwable cause) {
    super(what, cause);
    this.remedy = requireNonNull(remedy, "remedy is null");
  }

  public InfrastructureError(String what, String remedy) {
    this(what, remedy, null);
  }

  public String remedy() {
    return remedy;
  }
}
