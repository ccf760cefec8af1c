package dev.pacebench.runner.home;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a user's runs live.
 *
 * <pre>
 * runs/RUN/run.json                      what was asked for
 * runs/RUN/trials/TRIAL/try-N/           evidence, one folder a try
 * db/                                    the database, can be rebuilt from runs/
 * scratch/                               of running trials; empty when none runs
 * cache/                                 can be deleted at any time when no runner runs
 * task-sets/                             imported sets
 * agents/                                the user's own manifests of agents
 * runner.lock                            held by the one runner
 * </pre>
 */
public record Home(Path root) {

  public Home {
    requireNonNull(root, "root is null");
    root = root.toAbsolutePath().normalize();
  }

  public Path runs() {
    return root.resolve("runs");
  }

  public Path run(String runId) {
    return runs().resolve(runId);
  }

  public Path trial(String runId, String trialId) {
    return run(runId).resolve("trials").resolve(trialId);
  }

  public Path database() {
    return root.resolve("db").resolve("pacebench");
  }

  public Path scratch() {
    return root.resolve("scratch");
  }

  public Path cache() {
    return root.resolve("cache");
  }

  public Path importedSets() {
    return root.resolve("task-sets");
  }

  public Path agents() {
    return root.resolve("agents");
  }

  public Path lockFile() {
    return root.resolve("runner.lock");
  }

  /** A path as evidence names it: relative to the home, with forward slashes. */
  public String relative(Path path) {
    return root.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }
}
