package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.compose.ComposeFile;
import dev.pacebench.tasks.compose.ComposeService;
import dev.pacebench.tasks.files.Show;
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

  private ComposeOverlay() {}

  /** Reads the service {@code main}; nothing when there is no file, or it cannot be understood. */
  static ComposeService read(Optional<Path> file, TomlTable table) {
    if (file.isEmpty()) {
      return ComposeService.NONE;
    }
    List<Problem> problems = new ArrayList<>();
    Optional<ComposeService> read =
        TextFiles.read(file.get(), problems)
            .flatMap(
                text ->
                    ComposeFile.read(
                        file.get(),
                        text,
                        "main",
                        ComposeFile.Base.OF_THE_HARNESS,
                        VARIABLES,
                        problems));
    String shown = Show.path(file.get());
    read.flatMap(ComposeService::user)
        .ifPresent(
            user ->
                problems.add(
                    Problem.unsupported(
                        shown + ": services.main.user",
                        "is " + Show.text(user) + ", which holds for agent and verifier alike",
                        "write user under [agent] and [verifier] in task.toml")));
    read.flatMap(ComposeService::build)
        .filter(build -> !Path.of(build.context()).normalize().toString().isEmpty())
        .ifPresent(
            build ->
                problems.add(
                    Problem.unsupported(
                        shown + ": services.main.build.context",
                        "is " + Show.text(build.context()) + ", a folder within environment/",
                        "put the Dockerfile and what it copies into environment/ itself")));
    ComposeService service = read.orElse(ComposeService.NONE);
    if (problems.isEmpty() && saysNothing(service)) {
      problems.add(
          Problem.warning(
              shown, "is not used", "nothing to do: the Dockerfile or image says the same"));
    }
    problems.forEach(table::report);
    return service;
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
        && !service.noNetwork();
  }
}
