package dev.pacebench.runner.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The content of {@code run.json}: what was asked for and every trial that was planned.
 *
 * <p>Together with the evidence folders it is enough to make the database anew.
 *
 * @param version of this form
 * @param taskSets what the sets were when the run was planned
 * @param trials in order
 * @param warnings of the plan
 */
public record RunFile(
    int version,
    RunSettings settings,
    List<SetFacts> taskSets,
    List<TrialFacts> trials,
    List<String> warnings) {

  /** Written now; a higher one comes from a newer Pacebench. */
  public static final int VERSION = 1;

  /** A task set as it was. */
  public record SetFacts(String name, String directory, String format, String digest) {}

  /** A planned trial; the digests say what was meant by the names. */
  public record TrialFacts(
      String id,
      int ordinal,
      String taskSet,
      String task,
      String taskDigest,
      String contender,
      String contenderDigest,
      int attempt) {}

  public RunFile {
    requireNonNull(settings, "settings is null");
    taskSets = List.copyOf(taskSets);
    trials = List.copyOf(trials);
    warnings = List.copyOf(warnings);
  }

  static RunFile of(Plan plan) {
    return new RunFile(
        VERSION,
        plan.settings(),
        plan.taskSets().stream()
            .map(
                set ->
                    new SetFacts(
                        set.name(), set.directory().toString(), set.format(), set.digest()))
            .toList(),
        plan.trials().stream().map(RunFile::facts).toList(),
        plan.warnings());
  }

  private static TrialFacts facts(PlannedTrial trial) {
    return new TrialFacts(
        trial.id(),
        trial.ordinal(),
        trial.task().set(),
        trial.task().name(),
        trial.task().digest(),
        trial.contender().name(),
        trial.contender().digest(),
        trial.attempt());
  }
}
