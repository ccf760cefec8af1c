package dev.pacebench.runner.bench;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.authoring.TaskTemplate;
import dev.pacebench.tasks.authoring.TaskTemplate.Answers;
import dev.pacebench.tasks.authoring.TaskTemplate.Style;
import dev.pacebench.tasks.digest.StoredDigests;
import dev.pacebench.tasks.sets.TaskSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** What it takes to read and digest a large set of small tasks, for the first time and again. */
final class TasksBench {

  private static final double MOST_SECONDS = 5;

  /** What was just written is not believed to be unchanged. */
  private static final long SETTLED_MILLIS = 2_500;

  private TasksBench() {}

  static void run(boolean quick, List<Result> results) throws Exception {
    int tasks = quick ? 1_000 : 10_000;
    for (Style style : Style.values()) {
      Path folder = Files.createTempDirectory("pacebench-bench-");
      try {
        write(folder.resolve("set"), style, tasks);
        Thread.sleep(SETTLED_MILLIS);
        measure(folder, style, tasks, results);
      } finally {
        FileTrees.delete(folder);
      }
    }
  }

  private static void write(Path set, Style style, int tasks) {
    for (int i = 0; i < tasks; i++) {
      String name = "task-" + i;
      TaskTemplate.write(
          set.resolve(name), new Answers(style, name, "easy", "bench", LocalDate.EPOCH));
    }
  }

  private static void measure(Path folder, Style style, int tasks, List<Result> results) {
    double limit = MOST_SECONDS * tasks / 10_000;
    String what = tasks + " " + style.word() + " tasks";
    double first = read(folder, tasks);
    results.add(Result.atMost("tasks", "reading and digesting " + what, first, "s", limit));
    double again = read(folder, tasks);
    results.add(Result.atMost("tasks", "reading them again, unchanged", again, "s", limit));
    results.add(Result.note("tasks", "of the first reading", 100 * again / first, "%"));
  }

  private static double read(Path folder, int tasks) {
    long start = System.nanoTime();
    TaskSets sets =
        new TaskSets(
            folder.resolve("bundled"),
            folder.resolve("imported"),
            folder.resolve("archives"),
            new StoredDigests(folder.resolve("cache/digests")));
    TaskSet set = sets.resolve(folder.resolve("set").toString());
    if (set.tasks().size() != tasks) {
      throw new IllegalStateException("read " + set.tasks().size() + " tasks");
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
