package dev.pacebench.tasks.compose;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Service;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a compose file says of one service.
 *
 * @param line where it stands
 * @param build how its image is built; absent for one that exists
 * @param image a name; with a build only what its result is called
 * @param env environment variables as templates
 * @param noNetwork whether it says that no host may be reached
 * @param rest what only matters beside other services
 */
public record ComposeService(
    int line,
    Optional<Build> build,
    Optional<String> image,
    Map<String, String> env,
    Optional<String> workdir,
    Optional<String> user,
    OptionalDouble cpus,
    OptionalLong memoryBytes,
    boolean noNetwork,
    Rest rest) {

  /** Says nothing, as when there is no compose file. */
  public static final ComposeService NONE =
      new ComposeService(
          0,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          false,
          Rest.NONE);

  public ComposeService {
    requireNonNull(build, "build is null");
    requireNonNull(image, "image is null");
    requireNonNull(workdir, "workdir is null");
    requireNonNull(user, "user is null");
    requireNonNull(cpus, "cpus is null");
    requireNonNull(memoryBytes, "memoryBytes is null");
    requireNonNull(rest, "rest is null");
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /** Whether it has no volumes. */
  public boolean storesNothing() {
    return rest.storage().volumes().isEmpty();
  }

  /** The same, cut off from all hosts. */
  ComposeService withoutNetwork() {
    return new ComposeService(
        line, build, image, env, workdir, user, cpus, memoryBytes, true, rest);
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

  /**
   * What only matters beside other services.
   *
   * @param hostnames by which it is reached, beside its name
   * @param ports that it says it listens on; absent when it says nothing of ports
   * @param links names that it gives to others
   * @param networks it is on; absent where that is another's affair
   */
  record Rest(
      List<String> hostnames,
      Optional<List<String>> entrypoint,
      Optional<List<String>> command,
      Service.Storage storage,
      Optional<SortedSet<String>> ports,
      Optional<Service.Health> health,
      Map<String, Service.After> after,
      Map<String, List<String>> links,
      Optional<Set<String>> networks,
      int restarts) {

    static final Rest NONE =
        new Rest(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new Service.Storage(List.of(), Map.of(), OptionalLong.empty()),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.of(Set.of("default")),
            0);
  }
}
