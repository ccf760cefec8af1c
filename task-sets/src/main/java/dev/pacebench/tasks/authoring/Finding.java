package dev.pacebench.tasks.authoring;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Problem;

/**
 * One thing that an author should know of a task: where it is, what it is, and what to do about it.
 *
 * @param task the task's name, or its folder's where it cannot be read
 * @param where file with line, or field
 * @param what the fact, in one clause
 * @param remedy what the author should do
 */
public record Finding(Severity severity, String task, String where, String what, String remedy) {

  /** How bad it is. */
  public enum Severity {
    /** The task cannot be used, or measures something else than it says. */
    ERROR,
    /** The task is likely to mislead one day. */
    WARNING,
    /** Could be better. */
    HINT
  }

  public Finding {
    requireNonNull(severity, "severity is null");
    requireNonNull(task, "task is null");
    requireNonNull(where, "where is null");
    requireNonNull(what, "what is null");
    requireNonNull(remedy, "remedy is null");
  }

  public static Finding error(String task, String where, String what, String remedy) {
    return new Finding(Severity.ERROR, task, where, what, remedy);
  }

  public static Finding warning(String task, String where, String what, String remedy) {
    return new Finding(Severity.WARNING, task, where, what, remedy);
  }

  public static Finding hint(String task, String where, String what, String remedy) {
    return new Finding(Severity.HINT, task, where, what, remedy);
  }

  /** What a reader of tasks found. */
  public static Finding of(String task, Problem problem) {
    return new Finding(
        problem.severity() == Problem.Severity.ERROR ? Severity.ERROR : Severity.WARNING,
        task,
        problem.where(),
        problem.what(),
        problem.remedy());
  }
}
