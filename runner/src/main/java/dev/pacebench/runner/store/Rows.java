package dev.pacebench.runner.store;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.OwnerJson;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.sandbox.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Between rows and records. */
final class Rows {

  private static final ObjectReader RECORD = JsonMapper.shared().readerFor(TrialRecord.class);
  private static final ObjectWriter RECORD_WRITER =
      JsonMapper.shared().writerFor(TrialRecord.class);

  private Rows() {}

  /** Counts of a run's trials. */
  record Counts(int planned, int done, int running, int lost, int solved) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    static Counts read(ResultSet row) throws SQLException {
      return new Counts(
          row.getInt("planned"),
          row.getInt("done"),
          row.getInt("running"),
          row.getInt("lost"),
          row.getInt("solved"));
    }
  }

  static String write(TrialRecord record) {
    return RECORD_WRITER.writeValueAsString(record);
  }

  static TrialRecord record(String json) {
    return RECORD.readValue(json);
  }

  static String write(RunSettings settings) {
    return JsonMapper.shared().writeValueAsString(settings);
  }

  static RunRow run(
      ResultSet row, Map<String, Counts> counts, Map<String, Map<String, String>> held)
      throws SQLException {
    String runId = row.getString("run_id");
    Counts of = counts.getOrDefault(runId, Counts.NONE);
    return new RunRow(
        runId,
        row.getString("created_at"),
        RunState.valueOf(row.getString("state")),
        row.getString("failure"),
        of.planned(),
        of.done(),
        of.running(),
        of.lost(),
        of.solved(),
        JsonMapper.shared().readValue(row.getString("settings"), RunSettings.class),
        owner(row),
        held.getOrDefault(runId, Map.of()));
  }

  static TrialRow trial(ResultSet row) throws SQLException {
    return unread(row).read();
  }

  /** A row as fetched, whose result is read later and by any thread. */
  record Unread(String trialId, Supplier<TrialRow> reader) {
    TrialRow read() {
      return reader.get();
    }
  }

  static Unread unread(ResultSet row) throws SQLException {
    String runId = row.getString("run_id");
    String trialId = row.getString("trial_id");
    int ordinal = row.getInt("ordinal");
    String taskSet = row.getString("task_set");
    String task = row.getString("task");
    String taskDigest = row.getString("task_digest");
    String contender = row.getString("contender");
    String contenderDigest = row.getString("contender_digest");
    int attempt = row.getInt("attempt");
    RowState state = RowState.valueOf(row.getString("state"));
    Optional<Owner> owner = owner(row);
    OffsetDateTime claimedAt = row.getObject("claimed_at", OffsetDateTime.class);
    int tries = row.getInt("tries");
    int reopenedAfter = row.getInt("reopened_after");
    String result = row.getString("result");
    return new Unread(
        trialId,
        () ->
            new TrialRow(
                runId,
                trialId,
                ordinal,
                taskSet,
                task,
                taskDigest,
                contender,
                contenderDigest,
                attempt,
                state,
                owner,
                Optional.<OffsetDateTime>ofNullable(claimedAt).map(OffsetDateTime::toInstant),
                tries,
                reopenedAfter,
                state == RowState.DONE
                    ? Optional.of(record(result))
                    : Optional.<TrialRecord>empty()));
  }

  static Optional<Owner> owner(ResultSet row) throws SQLException {
    String text = row.getString("owner");
    return text == null ? Optional.empty() : OwnerJson.read(text);
  }

  static OffsetDateTime now() {
    return Instant.now().atOffset(java.time.ZoneOffset.UTC);
  }
}
