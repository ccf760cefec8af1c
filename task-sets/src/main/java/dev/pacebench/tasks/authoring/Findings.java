package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.authoring.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what is found of one task. */
final class Findings {

  private final String task;
  private final List<Finding> found = new ArrayList<>();

  Findings(String task) {
    this.task = task;
  }

  void error(String where, String what, String remedy) {
    add(Severity.ERROR, where, what, remedy);
  }

  void warning(String where, String what, String remedy) {
    add(Severity.WARNING, where, what, remedy);
  }

  void hint(String where, String what, String remedy) {
    add(Severity.HINT, where, what, remedy);
  }

  void add(Severity severity, String where, String what, String remedy) {
    found.add(new Finding(severity, task, where, what, remedy));
  }

  List<Finding> all() {
    return List.copyOf(found);
  }
}
