package dev.pacebench.runner.check;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.authoring.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a task after a check.
 *
 * @param findings worst first
 * @param figures absent when nothing of it was run
 */
public record CheckedTask(String name, List<Finding> findings, Optional<TaskFigures> figures) {

  public CheckedTask {
    requireNonNull(name, "name is null");
    requireNonNull(figures, "figures is null");
    findings =
        findings.stream()
            .sorted((one, other) -> one.severity().compareTo(other.severity()))
            .toList();
  }

  public long count(Finding.Severity severity) {
    return findings.stream().filter(one -> one.severity() == severity).count();
  }
}
