package dev.pacebench.runner.evidence;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.PlannedTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Writes evidence folders.
 *
 * <p>A folder is written under a temporary name, synced and renamed; the rename is the commit. What
 * has a temporary name counts for nothing and is removed on resume.
 */
public interface EvidenceStore {

  /** A try's folder while it is written; closing it without a commit removes it. */
  interface Draft extends AutoCloseable {

    /** Where to write; holds {@code agent}, {@code verifier} and {@code artifacts} already. */
    Path folder();

    /** The folder's final place, relative to the home, as the record names it. */
    String finalName();

    /**
     * Writes {@code result.json} (Harbor's layout, with the record and {@code extra} under {@code
     * pacebench}), syncs everything and renames the folder to its final name.
     *
     * <p>The result is final unless it is LOST; {@code extra} may say otherwise as {@code final}.
     */
    void commit(TrialRecord record, Map<String, Object> extra) throws IOException;

    @Override
    void close();
  }

  /** Starts a try's folder. */
  Draft begin(Home home, PlannedTrial trial, int tryNumber) throws IOException;

  /**
   * The result of the lowest-numbered try that has a final one; a LOST try is final only when it is
   * said to be, and yields to any other, which only a reopened trial can have beside it.
   */
  Optional<TrialRecord> finalResult(Home home, String runId, String trialId) throws IOException;

  /** Says that a LOST try was the trial's last, so that its result is final. */
  void confirmLost(Home home, String runId, String trialId, int tryNumber) throws IOException;

  /** The highest try number that has evidence, 0 for none. */
  int tries(Home home, String runId, String trialId) throws IOException;

  /** Removes what was never committed. */
  void removeDrafts(Home home, String runId) throws IOException;
}
