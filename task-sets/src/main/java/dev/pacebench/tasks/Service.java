package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A program that a task wants to run beside the place it is worked in.
 *
 * @param name unique within its task
 * @param hostnames further names by which it is reached
 * @param ports that it says it listens on, such as {@code 5432/tcp}
 * @param health how it is seen to be ready, absent for its image's own way
 * @param after other services that come first, and how far they must be
 * @param restarts how often it is started again after a failure
 * @param resources limits of its own, absent for those of the task
 * @param where file and line, for messages
 */
public record Service(
    String name,
    List<String> hostnames,
    Source source,
    Program program,
    Storage storage,
    SortedSet<String> ports,
    Optional<Health> health,
    Map<String, After> after,
    int restarts,
    Resources resources,
    String where) {

  public Service {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(program, "program is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(health, "health is null");
    requireNonNull(resources, "resources is null");
    requireNonNull(where, "where is null");
    hostnames = List.copyOf(hostnames);
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
  }

  /**
   * What it is made of; with neither part it has the image of the task itself.
   *
   * @param image a prebuilt one
   */
  public record Source(Optional<Build> build, Optional<String> image) {
    public Source {
      requireNonNull(build, "build is null");
      requireNonNull(image, "image is null");
    }
  }

  /**
   * How its image is built.
   *
   * @param hidden what of the context no image may hold
   */
  public record Build(Path context, Path dockerfile, List<String> hidden) {
    public Build {
      requireNonNull(context, "context is null");
      requireNonNull(dockerfile, "dockerfile is null");
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * What runs; absent is what the image says.
   *
   * @param env variables as templates
   */
  public record Program(
      Optional<List<String>> entrypoint,
      Optional<List<String>> command,
      Map<String, String> env,
      Optional<String> workdir,
      Optional<String> user) {
    public Program {
      entrypoint = entrypoint.map(List::copyOf);
      command = command.map(List::copyOf);
      env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
      requireNonNull(workdir, "workdir is null");
      requireNonNull(user, "user is null");
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
      tmpfs = Collections.unmodifiableMap(new LinkedHashMap<>(tmpfs));
      requireNonNull(shmBytes, "shmBytes is null");
    }
  }

  /** A folder that services of one trial share, and that ends with it. */
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
