package dev.pacebench.tasks;

import java.util.List;
import java.util.stream.Collectors;

/** A task or task set cannot be used; carries every problem that was found, not just the first. */
public final class TaskException extends RuntimeException {

  private final transient List<Problem> problems;

  public TaskException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public TaskException(Problem problem) {
    this(List.of(problem));
  }

  public List<Problem> problems() {
    return problems;
  }
}
