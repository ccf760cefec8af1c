package dev.pacebench.runner.plan;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Task;
import java.util.ArrayList;
import java.util.List;

/** What sandboxes of a task are made of. */
public final class TaskImages {

  private TaskImages() {}

  /** The image that the agent works in. */
  public static ImageSource agent(Task task) {
    return source(task.environment(), task);
  }

  /** The image that a separate verifier works in; the agent's unless the task names another. */
  public static ImageSource verifier(Task task) {
    return source(task.verifier().environment().orElse(task.environment()), task);
  }

  /** Both, without doubles. */
  public static List<ImageSource> all(Task task) {
    List<ImageSource> sources = new ArrayList<>(List.of(agent(task)));
    ImageSource verifier = verifier(task);
    if (!sources.contains(verifier)) {
      sources.add(verifier);
    }
    return sources;
  }

  private static ImageSource source(Environment environment, Task task) {
    if (environment.image().isPresent()) {
      return new ImageSource.Named(environment.image().get(), environment.buildTimeout());
    }
    return new ImageSource.Dockerfile(
        environment.directory(),
        environment.dockerfile().orElse(environment.directory().resolve("Dockerfile")),
        environment.buildTimeout(),
        task.metadata().tools(),
        environment.hidden());
  }
}
