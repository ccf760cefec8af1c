package dev.pacebench.tasks.compose;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a compose file says of a service that can be had without compose.
 *
 * @param build how its image is built; absent for one that exists
 * @param image a name; with a build only what its result is called
 * @param env environment variables as templates
 * @param noNetwork whether it says that no host may be reached
 */
public record ComposeService(
    Optional<Build> build,
    Optional<String> image,
    Map<String, String> env,
    Optional<String> workdir,
    Optional<String> user,
    OptionalDouble cpus,
    OptionalLong memoryBytes,
    boolean noNetwork) {

  /** Says nothing, as when there is no compose file. */
  public static final ComposeService NONE =
      new ComposeService(
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          false);

  public ComposeService {
    requireNonNull(build, "build is null");
    requireNonNull(image, "image is null");
    requireNonNull(workdir, "workdir is null");
    requireNonNull(user, "user is null");
    requireNonNull(cpus, "cpus is null");
    requireNonNull(memoryBytes, "memoryBytes is null");
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /**
   * How an image is built.
   *
   * @param context the folder, relative to the compose file's
   * @param dockerfile relative to the context
   */
  public record Build(String context, String dockerfile) {
    public Build {
      requireNonNull(context, "context is null");
      requireNonNull(dockerfile, "dockerfile is null");
    }
  }
}
