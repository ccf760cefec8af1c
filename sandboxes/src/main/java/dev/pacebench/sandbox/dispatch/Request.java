package dev.pacebench.sandbox.dispatch;

import static java.util.Objects.requireNonNull;

import dev.pacebench.sandbox.Command;
import java.time.Duration;
import java.util.Map;

/**
 * A command with everything resolved that the dispatcher needs to know.
 *
 * @param environment complete; nothing is added inside but what the shell itself adds
 */
public record Request(
    String script,
    Map<String, String> environment,
    String workdir,
    Duration timeout,
    int keepBytes) {

  public Request {
    requireNonNull(script, "script is null");
    environment = Map.copyOf(environment);
    if (!workdir.startsWith("/") || workdir.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("working directory is not an absolute path: " + workdir);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, is " + timeout);
    }
  }

  /**
   * Resolves a command against its sandbox.
   *
   * @param base the sandbox's environment, over which the command's own is laid
   */
  public static Request of(Command command, Map<String, String> base, String defaultWorkdir) {
    return new Request(
        command.script(),
        Environment.merge(base, command.env()),
        command.workdir().orElse(defaultWorkdir),
        command.timeout(),
        command.keepBytes());
  }
}
