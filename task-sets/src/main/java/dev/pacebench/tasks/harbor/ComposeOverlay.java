package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Services;
import dev.pacebench.tasks.compose.ComposeFile;
import dev.pacebench.tasks.compose.ComposeProject;
import dev.pacebench.tasks.compose.ComposeService;
import dev.pacebench.tasks.compose.ServiceSet;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task's compose file adds to its Dockerfile and to {@code [environment]}. */
final class ComposeOverlay {

  private static final String IMAGE_NAME = "main-image";

  /** As Harbor sets them, as far as they matter to what is read. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "CONTEXT_DIR", ".",
          "MAIN_IMAGE_NAME", IMAGE_NAME,
          "PREBUILT_IMAGE_NAME", IMAGE_NAME);

  private final Optional<Path> file;
  private final TomlTable table;
  private final ComposeProject project;

  private ComposeOverlay(Optional<Path> file, TomlTable table, ComposeProject project) {
    this.file = file;
    this.table = table;
    this.project = project;
  }

  /** Reads a file, whose service {@code main} is the task's; nothing when there is none. */
  static ComposeOverlay read(Optional<Path> file, TomlTable table) {
    if (file.isEmpty()) {
      return new ComposeOverlay(file, table, ComposeProject.NONE);
    }
    List<Problem> problems = new ArrayList<>();
    ComposeProject project =
        TextFiles.read(file.get(), problems)
            .flatMap(
                text ->
                    ComposeFile.read(
                        file.get(),
                        text,
                        "main",
                        ComposeFile.Base.OF_THE_HARNESS,
                        VARIABLES,
                        problems))
            .orElse(ComposeProject.NONE);
    String shown = Show.path(file.get());
    project
        .main()
        .user()
        .ifPresent(
            user ->
                problems.add(
                    Problem.unsupported(
                        shown + ": services.main.user",
                        "is " + Show.text(user) + ", which holds for agent and verifier alike",
                        "write user under [agent] and [verifier] in task.toml")));
    project
        .main()
        .build()
        .filter(build -> !Path.of(build.context()).normalize().toString().isEmpty())
        .ifPresent(
            build ->
                problems.add(
                    Problem.unsupported(
                        shown + ": services.main.build.context",
                        "is " + Show.text(build.context()) + ", a folder within environment/",
                        "put the Dockerfile and what it copies into environment/ itself")));
    if (problems.isEmpty() && project.others().isEmpty() && saysNothing(project.main())) {
      problems.add(
          Problem.warning(
              shown, "is not used", "nothing to do: the Dockerfile or image says the same"));
    }
    problems.forEach(table::report);
    return new ComposeOverlay(file, table, project);
  }

  /** The service that the task is worked in. */
  ComposeService main() {
    return project.main();
  }

  /** What runs beside it. */
  Services services(TaskTree tree, Optional<Path> dockerfile) {
    if (file.isEmpty()) {
      return Services.NONE;
    }
    List<Problem> problems = new ArrayList<>();
    Services services =
        new ServiceSet(project, tree, file.get(), List.of(), problems)
            .read(dockerfile, Optional.of(IMAGE_NAME));
    problems.forEach(table::report);
    return services;
  }

  /** An image of its own, which is neither built nor the harness's. */
  static Optional<String> image(ComposeService service) {
    return service.build().isPresent()
        ? Optional.empty()
        : service.image().filter(image -> !image.equals(IMAGE_NAME));
  }

  private static boolean saysNothing(ComposeService service) {
    boolean ownBuild =
        service.build().filter(it -> !it.dockerfile().equals("Dockerfile")).isPresent();
    return !ownBuild
        && image(service).isEmpty()
        && service.env().isEmpty()
        && service.workdir().isEmpty()
        && service.cpus().isEmpty()
        && service.memoryBytes().isEmpty()
        && !service.noNetwork()
        && service.storesNothing();
  }
}
