package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

/**
 * One thing wrong with a task: where it is, what is wrong, and what to do about it.
 *
 * @param severity whether the task can be used all the same
 * @param where file, with line or field where known, such as {@code hello/task.toml:
 *     agent.timeout_sec}
 * @param what the fact, in one clause
 * @param remedy what the author should do
 */
public record Problem(Severity severity, String where, String what, String remedy) {

  /** Whether a task with this problem can be used. */
  public enum Severity {
    WARNING,
    /** The task is sound and asks for what cannot be had yet; the rest of its set can be run. */
    UNSUPPORTED,
    ERROR
  }

  public Problem {
    requireNonNull(severity, "severity is null");
    requireNonNull(where, "where is null");
    requireNonNull(what, "what is null");
    requireNonNull(remedy, "remedy is null");
  }

  public static Problem error(String where, String what, String remedy) {
    return new Problem(Severity.ERROR, where, what, remedy);
  }

  public static Problem unsupported(String where, String what, String remedy) {
    return new Problem(Severity.UNSUPPORTED, where, what, remedy);
  }

  public static Problem warning(String where, String what, String remedy) {
    return new Problem(Severity.WARNING, where, what, remedy);
  }

  @Override
  public String toString() {
    return where + ": " + what + "; " + remedy;
  }
}
