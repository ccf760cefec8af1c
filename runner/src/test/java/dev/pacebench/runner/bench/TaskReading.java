package dev.pacebench.runner.bench;

import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.digest.StoredDigests;
import dev.pacebench.tasks.sets.TaskSets;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a set of tasks once and prints how many there were and how many seconds it took. */
public final class TaskReading {

  private TaskReading() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    long start = System.nanoTime();
    TaskSets sets =
        new TaskSets(
            folder.resolve("bundled"),
            folder.resolve("imported"),
            folder.resolve("archives"),
            new StoredDigests(folder.resolve("cache/digests")));
    TaskSet set = sets.resolve(folder.resolve("set").toString());
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(set.tasks().size() + String.format(Locale.ROOT, " %.6f", seconds));
  }
}
