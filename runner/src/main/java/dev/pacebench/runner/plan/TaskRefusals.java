package dev.pacebench.runner.plan;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why tasks cannot run, gathered over all tasks and told once per cause. */
final class TaskRefusals {

  private static final int NAMES_SHOWN = 8;

  private record Cause(String what, String remedy, SandboxException.Kind kind) {}

  private final Map<Cause, List<String>> tasks = new LinkedHashMap<>();
  private final Map<Cause, String> places = new HashMap<>();

  void add(Task task, String what, String remedy, SandboxException.Kind kind) {
    add(task, "", what, remedy, kind);
  }

  /** As above, with the file and line, shown when only one task has this cause. */
  void add(Task task, String where, String what, String remedy, SandboxException.Kind kind) {
    Cause cause = new Cause(what, remedy, kind);
    places.putIfAbsent(cause, where);
    List<String> names = tasks.computeIfAbsent(cause, key -> new ArrayList<>());
    if (!names.contains(task.name())) {
      names.add(task.name());
    }
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** A line per cause. */
  List<String> lines() {
    return tasks.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue()))
        .collect(Collectors.toList());
  }

  /** Ends with exit 3 when all that is missing is something of this machine, else with exit 2. */
  RuntimeException toError(String heading) {
    boolean machine =
        tasks.keySet().stream()
            .allMatch(cause -> cause.kind() == SandboxException.Kind.UNAVAILABLE);
    String remedy =
        tasks.size() == 1
            ? tasks.keySet().iterator().next().remedy()
            : "mend each of them as it says, or choose other tasks with --only";
    String what =
        tasks.size() == 1
            ? only()
            : heading + lines().stream().map(line -> "\n  " + line).collect(Collectors.joining());
    return machine ? new InfrastructureError(what, remedy) : new UserError("", what, remedy);
  }

  private String only() {
    Map.Entry<Cause, List<String>> entry = tasks.entrySet().iterator().next();
    return place(entry.getKey(), entry.getValue()) + entry.getKey().what();
  }

  private String line(Cause cause, List<String> names) {
    return place(cause, names) + cause.what() + "; " + cause.remedy();
  }

  private String place(Cause cause, List<String> names) {
    String where = places.getOrDefault(cause, "");
    return names(names) + ": " + (names.size() == 1 && !where.isEmpty() ? where + ": " : "");
  }

  private static String names(List<String> names) {
    String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    String rest =
        names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "";
    return (names.size() == 1 ? "task " : names.size() + " tasks, ") + shown + rest;
  }
}
