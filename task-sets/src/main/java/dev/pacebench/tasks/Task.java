package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One task: instruction, environment, verifier, limits and, where given, a reference solution.
 *
 * <p>Two tasks with equal {@link TaskDigests#task} are the same task whatever their names.
 *
 * @param set name of the task set it was read from
 * @param name unique within its set
 * @param directory where it was read from
 * @param instruction what the agent is told, without leading canary lines
 * @param schemaVersion the task file's own schema version
 * @param warnings what was tolerated while reading
 */
public record Task(
    String set,
    String name,
    Path directory,
    String schemaVersion,
    String instruction,
    Environment environment,
    AgentPhase agent,
    Verifier verifier,
    Optional<Solution> solution,
    List<Artifact> artifacts,
    Metadata metadata,
    TaskDigests digests,
    List<Problem> warnings) {

  public Task {
    requireNonNull(set, "set is null");
    requireNonNull(name, "name is null");
    requireNonNull(digests, "digests is null");
    artifacts = List.copyOf(artifacts);
    warnings = List.copyOf(warnings);
  }

  /** The digest that identifies this task. */
  public String digest() {
    return digests.task();
  }
}
