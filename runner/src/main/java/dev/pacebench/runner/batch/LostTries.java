package dev.pacebench.runner.batch;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.trial.LostTryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes down tries that were lost by a fault of Pacebench itself. */
final class LostTries {

  static final String INTERNAL = "internal";

  private LostTries() {}

  /** Commits evidence of the fault, and returns what says that the try was lost. */
  static LostTryException internal(
      RunContext run,
      PlannedTrial trial,
      int number,
      Instant startedAt,
      long nanos,
      Throwable fault)
      throws IOException {
    String reason = "Pacebench failed: " + fault;
    TrialRecord record;
    try (EvidenceStore.Draft draft = run.evidence().begin(run.home(), trial, number)) {
      record = record(trial, number, startedAt, nanos, reason, draft.finalName());
      Files.writeString(draft.folder().resolve("exception.txt"), stackTrace(fault));
      draft.commit(record, Map.of("cause", INTERNAL));
    } catch (FileAlreadyExistsException e) {
      // The try left evidence before it failed; that stays as it is.
      record = record(trial, number, startedAt, nanos, reason, "");
    }
    return new LostTryException(reason, INTERNAL, false, record, fault);
  }

  private static TrialRecord record(
      PlannedTrial trial, int number, Instant startedAt, long nanos, String reason, String place) {
    double seconds = nanos / 1e9;
    return new TrialRecord(
        trial.runId(),
        trial.task().set(),
        trial.task().name(),
        trial.task().digest(),
        trial.contender().name(),
        trial.contender().digest(),
        "",
        trial.attempt(),
        Outcome.LOST,
        null,
        false,
        null,
        seconds,
        number,
        trial.contender().simulated(),
        0,
        null,
        Map.of(),
        List.of(),
        Map.of("teardown", seconds),
        Map.of(),
        Map.of(),
        Map.of(),
        reason,
        startedAt,
        place);
  }

  private static String stackTrace(Throwable fault) {
    StringWriter text = new StringWriter();
    fault.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
