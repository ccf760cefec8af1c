package dev.pacebench.runner.batch;

import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.trial.TrialRunner;
import dev.pacebench.sandbox.Owner;
import java.util.Map;

/**
 * What the parts of one execution share.
 *
 * @param byId the plan's trials by their id
 */
record RunContext(
    Home home,
    Plan plan,
    Map<String, PlannedTrial> byId,
    RunStore store,
    EvidenceStore evidence,
    TrialRunner trials,
    Owner owner,
    RunListener listener,
    RetryPauses pauses,
    RunControl control) {

  String runId() {
    return plan.settings().runId();
  }

  int slots() {
    return plan.settings().slots();
  }
}
