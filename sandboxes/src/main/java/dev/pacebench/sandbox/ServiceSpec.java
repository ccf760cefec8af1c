package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A program that runs beside a sandbox, in a place of its own, on the same network.
 *
 * @param name unique among those of one sandbox
 * @param hostnames by which it is reached, its name among them
 * @param program what runs; absent parts are the image's
 * @param storage where it writes beside its own files
 * @param ports that it says it listens on, such as {@code 5432/tcp}
 * @param health how it is seen to be ready, absent for the image's own way
 * @param after others that come first, and how far they must be
 * @param restarts how often it is started again after a failure
 * @param limits its ceilings
 * @param noNewPrivileges whether setuid programs lose their power
 * @param where it is described, for messages
 */
public record ServiceSpec(
    String name,
    List<String> hostnames,
    PreparedImage image,
    Program program,
    Storage storage,
    Set<String> ports,
    Optional<Health> health,
    Map<String, After> after,
    int restarts,
    Limits limits,
    boolean noNewPrivileges,
    String where) {

  public ServiceSpec {
    requireNonNull(image, "image is null");
    requireNonNull(program, "program is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(health, "health is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(where, "where is null");
    hostnames = List.copyOf(hostnames);
    ports = Set.copyOf(ports);
    after = Map.copyOf(after);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException("service name has odd characters: " + name);
    }
    for (String host : hostnames) {
      if (!host.matches("[A-Za-z0-9_.-]+")) {
        throw new IllegalArgumentException("host name has odd characters: " + host);
      }
    }
  }

  /** What runs; absent is what the image says. */
  public record Program(
      Optional<List<String>> entrypoint,
      Optional<List<String>> command,
      Map<String, String> env,
      Optional<String> workdir,
      Optional<String> user) {
    public Program {
      entrypoint = entrypoint.map(List::copyOf);
      command = command.map(List::copyOf);
      env = Map.copyOf(env);
    }
  }

  /**
   * Where it writes beside its own files.
   *
   * @param tmpfs folders in memory, with their mount options
   * @param shmBytes size of its shared memory
   */
  public record Storage(List<Volume> volumes, Map<String, String> tmpfs, OptionalLong shmBytes) {
    public Storage {
      volumes = List.copyOf(volumes);
      tmpfs = Map.copyOf(tmpfs);
    }
  }

  /** A folder that a sandbox and its services share by name, and that ends with them. */
  public record Volume(String name, String target, boolean readOnly) {
    public Volume {
      requireNonNull(name, "name is null");
      requireNonNull(target, "target is null");
    }
  }

  /**
   * A command that tells whether it is ready; durations that are absent are the engine's.
   *
   * @param test {@code NONE}, or {@code CMD} or {@code CMD-SHELL} with what follows
   */
  public record Health(
      List<String> test,
      Optional<Duration> interval,
      Optional<Duration> timeout,
      Optional<Duration> startPeriod,
      Optional<Duration> startInterval,
      Optional<Integer> retries) {
    public Health {
      test = List.copyOf(test);
    }
  }

  /** How far another service must be. */
  public enum After {
    STARTED,
    HEALTHY,
    COMPLETED
  }
}
