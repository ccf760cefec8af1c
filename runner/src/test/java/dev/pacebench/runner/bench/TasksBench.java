package dev.pacebench.runner.bench;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.tasks.authoring.TaskTemplate;
import dev.pacebench.tasks.authoring.TaskTemplate.Answers;
import dev.pacebench.tasks.authoring.TaskTemplate.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /** In a process of its own, cold, with the settings of the launcher's short commands. */
  private static double read(Path folder, int tasks) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TaskReading.class.getName(),
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String[] words;
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        words = String.valueOf(lines.readLine()).split(" ");
      }
      if (process.waitFor() != 0 || Integer.parseInt(words[0]) != tasks) {
        throw new IllegalStateException("read " + words[0] + " tasks");
      }
      return Double.parseDouble(words[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while reading tasks", e);
    }
  }
}
