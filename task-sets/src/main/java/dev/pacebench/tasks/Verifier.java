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
 * How a task is verified.
 *
 * @param testsDirectory {@code tests/}, enters the sandbox only after the agent phase
 * @param mode in the agent's own sandbox or in a fresh one
 * @param environment the fresh sandbox's own environment, absent for the task's
 * @param collect commands run in the agent's sandbox after the agent, before artifacts are copied
 * @param printed present when what the tests print decides; absent when they write a reward
 */
public record Verifier(
    Path testsDirectory,
    Duration timeout,
    Map<String, String> env,
    Optional<String> user,
    Mode mode,
    Optional<Environment> environment,
    Network network,
    List<String> allowedHosts,
    List<Collect> collect,
    Optional<Printed> printed) {

  public Verifier {
    requireNonNull(testsDirectory, "testsDirectory is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(user, "user is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(environment, "environment is null");
    requireNonNull(network, "network is null");
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    allowedHosts = List.copyOf(allowedHosts);
    collect = List.copyOf(collect);
    requireNonNull(printed, "printed is null");
  }

  /** A verifier whose tests write a reward. */
  public Verifier(
      Path testsDirectory,
      Duration timeout,
      Map<String, String> env,
      Optional<String> user,
      Mode mode,
      Optional<Environment> environment,
      Network network,
      List<String> allowedHosts,
      List<Collect> collect) {
    this(
        testsDirectory,
        timeout,
        env,
        user,
        mode,
        environment,
        network,
        allowedHosts,
        collect,
        Optional.empty());
  }

  /** Where verification happens. */
  public enum Mode {
    /** In the sandbox that the agent worked in. */
    SHARED,
    /** In a fresh sandbox that receives only the artifacts. */
    SEPARATE
  }

  /**
   * Tests whose output is read on the host, as Terminal-Bench 1 has them.
   *
   * @param script runs the tests; put beside them
   * @param parser name of the reader of what it prints
   */
  public record Printed(Path script, String parser) {
    public Printed {
      requireNonNull(script, "script is null");
      requireNonNull(parser, "parser is null");
    }
  }

  /** A command that gathers artifacts in the agent's sandbox. */
  public record Collect(String command, Duration timeout, Optional<String> user) {}
}
