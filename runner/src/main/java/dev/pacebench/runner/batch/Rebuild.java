package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.runner.plan.RunFile;
import dev.pacebench.runner.plan.RunFiles;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the database of a home again from its run folders.
 *
 * <p>Every trial of {@code run.json} gets its row, and its result where evidence holds a final one.
 * What is in the database already stays, so doing it twice changes nothing.
 */
public final class Rebuild {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

  private Rebuild() {}

  /** Opens the database for a runner, which holds the lock; made again first when it is missing. */
  public static Database open(Home home, @Nullable String url, EvidenceStore evidence, Owner self) {
    boolean missing = Database.isMissing(home, url);
    Database database = Database.open(home, url);
    if (missing) {
      fill(home, new RunStore(database), evidence, self);
    }
    return database;
  }

  /** Opens the database for a reader; made again first when it is missing but runs are there. */
  public static Optional<Database> openExisting(
      Home home, @Nullable String url, EvidenceStore evidence, Owner self) {
    if (!Database.isMissing(home, url)) {
      return Database.openExisting(home, url);
    }
    try (OwnerLock lock = OwnerLock.take(home, self)) {
      LOG.debug("{} is made again under {}", home.database(), lock);
      return Optional.of(open(home, url, evidence, self));
    }
  }

  /**
   * Stores what the run folders hold and the database does not.
   *
   * @return the runs that were found
   */
  public static List<String> fill(Home home, RunStore store, EvidenceStore evidence, Owner self) {
    List<String> runs = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(home.runs(), Files::isDirectory)) {
      for (Path folder : folders) {
        String runId = String.valueOf(folder.getFileName());
        try {
          fill(home, RunFiles.readFile(home, runId), store, evidence, self);
          runs.add(runId);
        } catch (UserError e) {
          LOG.warn("{}, so this run is left out of the database", e.getMessage());
        }
      }
    } catch (IOException e) {
      throw HomeFolders.explain(home.runs(), e);
    }
    return runs;
  }

  private static void fill(
      Home home, RunFile file, RunStore store, EvidenceStore evidence, Owner self)
      throws IOException {
    String runId = file.settings().runId();
    if (store.run(runId).isPresent()) {
      return;
    }
    List<TrialRow> rows = new ArrayList<>();
    for (RunFile.TrialFacts facts : file.trials()) {
      int tries = evidence.tries(home, runId, facts.id());
      rows.add(row(runId, facts, tries, evidence.finalResult(home, runId, facts.id())));
    }
    store.restore(file.settings(), rows);
    boolean done = rows.stream().allMatch(row -> row.state() == RowState.DONE);
    store.state(runId, done ? RunState.DONE : RunState.STOPPED, "", self);
  }

  private static TrialRow row(
      String runId, RunFile.TrialFacts facts, int tries, Optional<TrialRecord> result) {
    return new TrialRow(
        runId,
        facts.id(),
        facts.ordinal(),
        facts.taskSet(),
        facts.task(),
        facts.taskDigest(),
        facts.contender(),
        facts.contenderDigest(),
        facts.attempt(),
        result.isPresent() ? RowState.DONE : RowState.PENDING,
        Optional.empty(),
        Optional.empty(),
        tries,
        0,
        result);
  }
}
