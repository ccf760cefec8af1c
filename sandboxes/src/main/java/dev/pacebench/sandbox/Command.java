package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One command, run by {@code bash -c} (or {@code sh -c}) in a process group of its own, with
 * nothing on stdin.
 *
 * <p>Working directory and environment never carry over from an earlier command.
 *
 * @param script shell source; must hold no NUL
 * @param env on top of the sandbox's environment
 * @param workdir in place of the sandbox's
 * @param user in place of the sandbox's; a sandbox that cannot change users refuses others
 * @param timeout after which the process group is killed
 * @param keepBytes how much of each of stdout and stderr is kept, half from the head and half from
 *     the tail; the rest is drained and counted
 */
public record Command(
    String script,
    Map<String, String> env,
    Optional<String> workdir,
    Optional<String> user,
    Duration timeout,
    int keepBytes) {

  /** Kept of each stream unless asked otherwise. */
  public static final int DEFAULT_KEEP_BYTES = 1 << 20;

  public Command {
    requireNonNull(script, "script is null");
    if (script.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a command cannot hold a NUL character");
    }
    env = Map.copyOf(env);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, is " + timeout);
    }
  }

  public static Command of(String script, Duration timeout) {
    return new Command(
        script, Map.of(), Optional.empty(), Optional.empty(), timeout, DEFAULT_KEEP_BYTES);
  }

  public Command withEnv(Map<String, String> env) {
    return new Command(script, env, workdir, user, timeout, keepBytes);
  }

  public Command withWorkdir(String workdir) {
    return new Command(script, env, Optional.of(workdir), user, timeout, keepBytes);
  }

  public Command withUser(String user) {
    return new Command(script, env, workdir, Optional.of(user), timeout, keepBytes);
  }

  public Command withKeepBytes(int keepBytes) {
    return new Command(script, env, workdir, user, timeout, keepBytes);
  }
}
