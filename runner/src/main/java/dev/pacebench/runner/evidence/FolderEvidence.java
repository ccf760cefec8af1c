package dev.pacebench.runner.evidence;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.PlannedTrial;
import java.io.IOException;
import java.util.Optional;

/** Evidence as folders of the home: {@code runs/RUN/trials/TRIAL/try-N}. */
public final class FolderEvidence implements EvidenceStore {

  @Override
  public Draft begin(Home home, PlannedTrial trial, int tryNumber) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<TrialRecord> finalResult(Home home, String runId, String trialId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int tries(Home home, String runId, String trialId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeDrafts(Home home, String runId) throws IOException {
    throw new UnsupportedOperationException();
  }
}
