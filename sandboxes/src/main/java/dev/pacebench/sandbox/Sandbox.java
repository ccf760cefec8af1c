package dev.pacebench.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The throw-away place in which a trial's commands run.
 *
 * <p>Safe for use by several threads. Everything that comes out of it is untrusted: names, links
 * and sizes are checked on the way.
 */
public interface Sandbox extends AutoCloseable {

  /** The provider's id of it, such as a container id. */
  String id();

  /**
   * Starts the services that belong to it and returns when all are ready; called once, before
   * anything else.
   *
   * @param limit how long that may take
   * @throws SandboxException of kind SERVICE with the end of its output when one is not
   */
  default void startServices(Duration limit) throws InterruptedException {}

  /** How its services are. */
  default List<ServiceState> services() {
    return List.of();
  }

  /**
   * Writes what its services printed to files {@code NAME.log} of a folder, made when needed; a
   * service that cannot be asked any more has none.
   *
   * @param most bytes of each, its last ones
   */
  default void serviceOutput(Path folder, int most) {}

  /** Starts a command. */
  RunningCommand start(Command command, OutputListener live);

  /** Runs a command to its end. */
  default CommandResult run(Command command, OutputListener live) throws InterruptedException {
    return start(command, live).await();
  }

  /** Runs a command to its end. */
  default CommandResult run(Command command) throws InterruptedException {
    return run(command, OutputListener.NONE);
  }

  /**
   * Copies the content of a host directory, or one host file, to a path inside, as root, making the
   * directories above it; existing files are replaced.
   *
   * @param target a directory for a directory, a file for a file
   * @param executable whether every file becomes executable, beside those that are
   */
  void put(Path source, String target, boolean executable);

  /**
   * Copies a file or directory out of the sandbox to a host directory that does not exist yet, or
   * is empty; links are kept only when they stay inside, devices never.
   *
   * @param maxBytes more than this is refused with {@link SandboxException.Kind#BAD_REQUEST}
   * @return whether the source existed
   */
  boolean get(String source, Path target, long maxBytes);

  /** Changes what the sandbox may reach; what is already so costs nothing. */
  void network(NetworkMode mode);

  /**
   * Stops everything at once: nothing runs after {@code frozenAfter}, all processes but the
   * keep-alive are killed while frozen, then the sandbox can be used again.
   */
  FreezeReport freezeAndKill();

  /** Processes beside the keep-alive and this sandbox's own dispatcher. */
  List<ProcessInfo> processes();

  /** Differences from the image, in path order. */
  List<Change> diff();

  /** Output that background processes wrote after their command had ended, kept up to a limit. */
  Output lateOutput();

  /** Starts anew what runs commands, so that nothing an earlier command did to it matters. */
  void renewDispatcher();

  /** What was in force, for the record. */
  SandboxConditions conditions();

  /** Removes the sandbox and all that belongs to it; never throws for what is gone already. */
  @Override
  void close();
}
