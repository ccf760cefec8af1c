package dev.pacebench.runner.check;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlanRules;
import dev.pacebench.runner.verify.swe.ChangeResult;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs trials for a check, in the same way as for a run, in a home of their own. */
public interface CheckEngine {

  SandboxProvider provider();

  PlanRules rules();

  /**
   * Builds or fetches what a task's sandboxes are made of.
   *
   * @throws dev.pacebench.sandbox.SandboxException when that is not possible
   */
  void prepare(Task task);

  /**
   * Runs all trials of a plan.
   *
   * @throws dev.pacebench.runner.InfrastructureError when not all could be run
   */
  List<TrialRecord> run(Plan plan);

  /**
   * Judges a change to a task's repository, without any agent.
   *
   * @param patch empty for the repository as it is
   */
  ChangeResult judge(Task task, byte[] patch) throws InterruptedException, IOException;

  /** The evidence of a trial. */
  Path evidence(TrialRecord record);
}
