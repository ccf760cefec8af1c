package dev.pacebench.runner.batch;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.tasks.Environment;
import jakarta.batch.api.AbstractBatchlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks that what trials are made of is still there, and that the disk has room for evidence.
 *
 * <p>Builds and pulls happen just in time, within the trials; the planner asked the provider about
 * every image before the run was stored.
 */
final class ImagesStep extends AbstractBatchlet {

  /** Below this the first build or log would fill the disk. */
  private static final long MIN_BYTES = 64L << 20;

  private final RunContext run;

  ImagesStep(RunContext run) {
    this.run = run;
  }

  @Override
  public String process() {
    try {
      Set<Path> seen = new HashSet<>();
      for (PlannedTrial trial : run.plan().trials()) {
        Environment environment = trial.task().environment();
        if (environment.image().isEmpty() && seen.add(environment.directory())) {
          environment.dockerfile().ifPresent(file -> requireFile(trial, file));
        }
      }
      long usable = HomeFolders.usableBytes(run.home());
      if (usable < MIN_BYTES) {
        throw new InfrastructureError(
            "the disk of " + run.home().root() + " has " + (usable >> 20) + " MiB left",
            "free some space, then `pacebench resume " + run.runId() + "`");
      }
      return "RESOLVED";
    } catch (RuntimeException e) {
      run.control().fail(e);
      return "REFUSED";
    }
  }

  private static void requireFile(PlannedTrial trial, Path dockerfile) {
    if (!Files.isReadable(dockerfile)) {
      throw new UserError(
          dockerfile.toString(),
          "the Dockerfile of task " + trial.task().name() + " is gone",
          "restore it, then resume the run");
    }
  }
}
