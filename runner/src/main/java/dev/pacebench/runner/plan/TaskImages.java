package dev.pacebench.runner.plan;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  /** The image of a service that runs beside an environment of the task. */
  public static ImageSource service(Service service, Environment environment, Task task) {
    return service
        .source()
        .build()
        .<ImageSource>map(
            build ->
                new ImageSource.Dockerfile(
                    build.context(),
                    build.dockerfile(),
                    environment.buildTimeout(),
                    List.of(),
                    build.hidden()))
        .or(
            () ->
                service
                    .source()
                    .image()
                    .map(name -> new ImageSource.Named(name, environment.buildTimeout())))
        .orElseGet(() -> source(environment, task));
  }

  /** All of them, without doubles. */
  public static List<ImageSource> all(Task task) {
    Set<ImageSource> sources = new LinkedHashSet<>(List.of(agent(task)));
    sources.add(verifier(task));
    for (Environment environment :
        List.of(task.environment(), task.verifier().environment().orElse(task.environment()))) {
      for (Service service : environment.services().all()) {
        sources.add(service(service, environment, task));
      }
    }
    return List.copyOf(sources);
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
