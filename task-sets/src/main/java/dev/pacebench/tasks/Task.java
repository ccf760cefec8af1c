package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param instruction what the agent is told, without leading canary lines; of a task of several
 *     steps that of the first one
 * @param schemaVersion the task file's own schema version
 * @param warnings what was tolerated while reading
 * @param steering what comes after the first instruction
 * @param change present when the task is to change a repository
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
    List<Problem> warnings,
    Steering steering,
    Optional<CodeChange> change) {

  public Task {
    requireNonNull(set, "set is null");
    requireNonNull(name, "name is null");
    requireNonNull(digests, "digests is null");
    requireNonNull(steering, "steering is null");
    requireNonNull(change, "change is null");
    artifacts = List.copyOf(artifacts);
    warnings = List.copyOf(warnings);
  }

  /** A task that is not about a repository. */
  public Task(
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
      List<Problem> warnings,
      Steering steering) {
    this(
        set,
        name,
        directory,
        schemaVersion,
        instruction,
        environment,
        agent,
        verifier,
        solution,
        artifacts,
        metadata,
        digests,
        warnings,
        steering,
        Optional.empty());
  }

  /** Its steps; none for a task of one instruction. */
  public List<Step> steps() {
    return steering.steps();
  }

  /** New instructions that come while the agent works. */
  public List<Interruption> interruptions() {
    return steering.interruptions();
  }

  /** One of its steps as a task of its own: what an agent and a verifier see of it. */
  public Task at(Step step) {
    List<Artifact> all = new ArrayList<>(artifacts);
    all.addAll(step.artifacts());
    return new Task(
        set,
        name,
        directory,
        schemaVersion,
        step.instruction(),
        environment,
        new AgentPhase(
            step.timeout().or(agent::timeout), agent.user(), agent.network(), agent.allowedHosts()),
        step.verifier(),
        step.solution(),
        all,
        metadata,
        digests,
        warnings,
        Steering.NONE);
  }

  /** The same task, judged by tests from another folder. */
  public Task verifiedBy(Path tests) {
    Verifier other =
        new Verifier(
            tests,
            verifier.timeout(),
            verifier.env(),
            verifier.user(),
            verifier.mode(),
            verifier.environment(),
            verifier.network(),
            verifier.allowedHosts(),
            verifier.collect(),
            verifier.printed());
    return new Task(
        set,
        name,
        directory,
        schemaVersion,
        instruction,
        environment,
        agent,
        other,
        solution,
        artifacts,
        metadata,
        digests,
        warnings,
        steering,
        change);
  }

  /** Whether a reference solution is known, for all of its steps. */
  public boolean solvable() {
    if (!steps().isEmpty()) {
      return steps().stream().allMatch(step -> step.solution().isPresent());
    }
    return solution.isPresent() || change.flatMap(CodeChange::reference).isPresent();
  }

  /** Why it cannot be run, though it can be read; empty for most tasks. */
  public List<Problem> unsupported() {
    return warnings.stream()
        .filter(problem -> problem.severity() == Problem.Severity.UNSUPPORTED)
        .toList();
  }

  /** The digest that identifies this task. */
  public String digest() {
    return digests.task();
  }
}
