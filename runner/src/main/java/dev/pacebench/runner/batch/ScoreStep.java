package dev.pacebench.runner.batch;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.store.TrialRow;
import jakarta.batch.api.AbstractBatchlet;
import java.util.List;
import java.util.Map;

/** Sees that every planned trial has its result, or that it is known why not. */
final class ScoreStep extends AbstractBatchlet {

  private final RunContext run;

  ScoreStep(RunContext run) {
    this.run = run;
  }

  @Override
  public String process() {
    try {
      if (run.control().isHalted()) {
        return "INCOMPLETE";
      }
      Map<String, String> suspended = run.store().suspended(run.runId());
      List<TrialRow> unfinished = run.store().unfinished(run.runId());
      List<String> unexplained =
          unfinished.stream()
              .filter(row -> !suspended.containsKey(row.contender()))
              .map(TrialRow::trialId)
              .toList();
      if (!unexplained.isEmpty()) {
        throw new InfrastructureError(
            unexplained.size()
                + " planned trials have no result and nothing says why, the first is "
                + unexplained.get(0),
            "`pacebench resume " + run.runId() + "` runs them; please report this");
      }
      return unfinished.isEmpty() ? "COMPLETE" : "INCOMPLETE";
    } catch (RuntimeException e) {
      run.control().fail(e);
      return "INCOMPLETE";
    }
  }
}
