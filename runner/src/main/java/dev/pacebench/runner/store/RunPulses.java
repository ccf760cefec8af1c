package dev.pacebench.runner.store;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Counts the trials of runs under way in the index alone; nothing changes in those of others. */
final class RunPulses {

  private static final int MOST_RUNNING = 64;

  private record Row(String runId, RunState state, boolean dead) {}

  private RunPulses() {}

  static List<RunPulse> read(Handle handle) {
    List<RunPulse> pulses = new ArrayList<>();
    for (Row row : rows(handle)) {
      if (row.state() == RunState.RUNNING && !row.dead()) {
        Map<RowState, Integer> counts = counts(handle, row.runId());
        pulses.add(
            new RunPulse(
                row.runId(),
                row.state(),
                true,
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(RowState.DONE, 0),
                counts.containsKey(RowState.CLAIMED) ? running(handle, row.runId()) : List.of()));
      } else {
        pulses.add(new RunPulse(row.runId(), row.state(), false, 0, 0, List.of()));
      }
    }
    return pulses;
  }

  private static List<Row> rows(Handle handle) {
    return handle
        .createQuery("SELECT run_id, state, owner FROM run ORDER BY created_at DESC, run_id DESC")
        .map(
            (row, context) -> {
              RunState state = RunState.valueOf(row.getString("state"));
              boolean dead =
                  state == RunState.RUNNING
                      && Rows.owner(row).map(dev.pacebench.sandbox.Owner::isDead).orElse(true);
              return new Row(row.getString("run_id"), state, dead);
            })
        .list();
  }

  private static Map<RowState, Integer> counts(Handle handle, String runId) {
    Map<RowState, Integer> counts = new EnumMap<>(RowState.class);
    handle
        .createQuery("SELECT state, COUNT(*) FROM trial WHERE run_id = :run GROUP BY state")
        .bind("run", runId)
        .map((row, context) -> Map.entry(RowState.valueOf(row.getString(1)), row.getInt(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private static List<RunPulse.Running> running(Handle handle, String runId) {
    return handle
        .createQuery(
            """
            SELECT trial_id, task_set, task, contender, attempt, claimed_at FROM trial
             WHERE run_id = :run AND state = 'CLAIMED' ORDER BY ordinal LIMIT %d"""
                .formatted(MOST_RUNNING))
        .bind("run", runId)
        .map(
            (row, context) ->
                new RunPulse.Running(
                    row.getString("trial_id"),
                    row.getString("task_set"),
                    row.getString("task"),
                    row.getString("contender"),
                    row.getInt("attempt"),
                    Optional.ofNullable(row.getObject("claimed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
        .list();
  }
}
