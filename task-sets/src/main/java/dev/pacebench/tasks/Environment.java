package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The place a task is worked on.
 *
 * @param directory the build context, {@code environment/}
 * @param dockerfile the Dockerfile in it, absent when only a prebuilt image is named
 * @param image a prebuilt image; wins over the Dockerfile, as in Harbor
 * @param buildTimeout limit of a build or pull
 * @param resources what the task asks of the machine
 * @param network the base-line that phases inherit
 * @param networkStated whether the task file says so itself (an absent field means public)
 * @param allowedHosts hosts of {@link Network#ALLOWLIST}
 * @param workdir working directory, absent for the image's own
 * @param env environment variables, still as templates ({@code ${VAR:-default}})
 * @param healthcheck what must succeed before the agent starts
 * @param composeFile a compose file beside or in place of the Dockerfile
 * @param hidden files and folders of the build context that no image may hold, because they judge
 *     or solve the task
 * @param services what runs beside it
 */
public record Environment(
    Path directory,
    Optional<Path> dockerfile,
    Optional<String> image,
    Duration buildTimeout,
    Resources resources,
    Network network,
    boolean networkStated,
    List<String> allowedHosts,
    Optional<String> workdir,
    Map<String, String> env,
    Optional<Healthcheck> healthcheck,
    Optional<Path> composeFile,
    List<String> hidden,
    Services services) {

  public Environment {
    requireNonNull(directory, "directory is null");
    requireNonNull(buildTimeout, "buildTimeout is null");
    requireNonNull(resources, "resources is null");
    requireNonNull(network, "network is null");
    if (dockerfile.isEmpty() && image.isEmpty()) {
      throw new IllegalArgumentException("an environment needs a Dockerfile or an image");
    }
    allowedHosts = List.copyOf(allowedHosts);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    hidden = List.copyOf(hidden);
    requireNonNull(services, "services is null");
  }

  /** An environment without services. */
  public Environment(
      Path directory,
      Optional<Path> dockerfile,
      Optional<String> image,
      Duration buildTimeout,
      Resources resources,
      Network network,
      boolean networkStated,
      List<String> allowedHosts,
      Optional<String> workdir,
      Map<String, String> env,
      Optional<Healthcheck> healthcheck,
      Optional<Path> composeFile,
      List<String> hidden) {
    this(
        directory,
        dockerfile,
        image,
        buildTimeout,
        resources,
        network,
        networkStated,
        allowedHosts,
        workdir,
        env,
        healthcheck,
        composeFile,
        hidden,
        Services.NONE);
  }
}
