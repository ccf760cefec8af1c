package dev.pacebench.runner.plan;

import dev.pacebench.tasks.Task;
import java.util.Collection;

/** How many trials run at once unless somebody says. */
public final class Slots {

  private Slots() {}

  /** Half of the processors, fewer when the tasks ask for several each, at least one. */
  public static int byDefault(int hostCpus, Collection<Task> tasks) {
    double widest =
        tasks.stream()
            .mapToDouble(task -> task.environment().resources().cpus().orElse(1))
            .max()
            .orElse(1);
    int fitting = (int) Math.floor(hostCpus / Math.max(widest, 0.01));
    return Math.max(1, Math.min(hostCpus / 2, fitting));
  }
}
