package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Task;
import java.time.Duration;
import java.util.List;

/** Finds limits that are missing or absurd, and what a table would like to know of a task. */
final class LimitRule {

  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(4);
  private static final Duration LONG_VERIFIER = Duration.ofHours(1);
  private static final double MANY_CPUS = 16;
  private static final long LITTLE_MEMORY = 64L << 20;
  private static final long MUCH_MEMORY = 64L << 30;
  private static final List<String> DIFFICULTIES = List.of("easy", "medium", "hard");

  private LimitRule() {}

  static void examine(TaskText text, Findings out) {
    Task task = text.task();
    limits(text, task, out);
    resources(text, task.environment().resources(), out);
    metadata(text, task.metadata(), out);
    if (!task.solvable()) {
      out.warning(
          text.field("task", "name").replaceFirst("/(task|swe)\\.(toml|yaml).*", ""),
          "has no reference solution, so nobody knows whether it can be solved",
          task.change().isPresent()
              ? "add solution/solution.patch"
              : "add solution/solve.sh (for a task in steps: one in each step)");
    }
  }

  private static void limits(TaskText text, Task task, Findings out) {
    String where = text.field("agent", "timeout_sec");
    if (task.agent().timeout().isEmpty()) {
      out.warning(where, "is missing", "say how long a slow but able agent may need");
    } else {
      Duration limit = task.agent().timeout().get();
      if (limit.compareTo(SHORT) < 0) {
        out.warning(where, seconds(limit) + " is over before a model answers", "give it more");
      } else if (limit.compareTo(LONG) > 0) {
        out.warning(where, seconds(limit) + " is more than four hours", "make the task smaller");
      }
    }
    if (task.verifier().timeout().compareTo(LONG_VERIFIER) > 0) {
      out.warning(
          text.field("verifier", "timeout_sec"),
          seconds(task.verifier().timeout()) + " is more than an hour",
          "a hanging test holds up a run that long; give what the tests need, times ten");
    }
  }

  private static void resources(TaskText text, Resources resources, Findings out) {
    if (resources.memoryBytes().isEmpty()) {
      out.hint(
          text.field("environment", "memory_mb"),
          "is missing, so what a task may use depends on the machine",
          "say what it needs");
    } else {
      long memory = resources.memoryBytes().getAsLong();
      if (memory < LITTLE_MEMORY || memory > MUCH_MEMORY) {
        out.warning(
            text.field("environment", "memory_mb"),
            (memory >> 20)
                + " MB is "
                + (memory < LITTLE_MEMORY
                    ? "hardly enough for a shell"
                    : "more than most machines have"),
            "say what the task needs");
      }
    }
    if (resources.cpus().isEmpty()) {
      out.hint(
          text.field("environment", "cpus"),
          "is missing, so times depend on the machine",
          "say how many the task needs");
    } else if (resources.cpus().getAsDouble() > MANY_CPUS) {
      out.warning(
          text.field("environment", "cpus"),
          resources.cpus().getAsDouble() + " is more than most machines have",
          "say what the task needs");
    }
  }

  private static void metadata(TaskText text, Metadata metadata, Findings out) {
    String where = text.field("metadata", "difficulty");
    if (metadata.difficulty().isEmpty()) {
      out.hint(where, "is missing", "say easy, medium or hard: tables group by it");
    } else if (!DIFFICULTIES.contains(metadata.difficulty().get())) {
      out.hint(
          where,
          "\"" + metadata.difficulty().get() + "\" is none of easy, medium and hard",
          "use one of these, so that sets can be compared");
    }
    if (metadata.category().isEmpty()) {
      out.hint(text.field("metadata", "category"), "is missing", "name one: tables group by it");
    }
    if (metadata.created().isEmpty()) {
      out.hint(
          text.field("metadata", "created"),
          "is missing",
          "say when the task was written: models may know what is older than they are");
    }
  }

  private static String seconds(Duration span) {
    return span.toSeconds() + " s";
  }
}
