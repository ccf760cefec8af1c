package dev.pacebench.leaderboard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of one trial, as stored, exported and pooled.
 *
 * <p>Its JSON form is a contract: fields are added, never renamed. Seconds are unrounded.
 *
 * @param run id of the run
 * @param taskSet name of the task set
 * @param task name of the task
 * @param taskDigest identifies the task whatever its name
 * @param contender display name
 * @param contenderDigest identifies the contender whatever its name
 * @param conditionsDigest identifies what surrounded the trial
 * @param attempt from 1
 * @param outcome what came of it
 * @param ended what ended the agent phase; absent when none took place
 * @param solved outcome is SOLVED
 * @param agentSeconds length of the agent phase, the time axis; absent when none took place
 * @param wallSeconds the final try's whole timeline
 * @param tries tries it took
 * @param simulated whether a simulated tier produced it
 * @param limitSeconds the agent phase's effective limit
 * @param verification shared or separate; absent when none took place
 * @param rewards raw rewards by name
 * @param flags what a reader should know, such as {@code verifier_silent}; sorted
 * @param timeline seconds per state; sums to {@code wallSeconds}
 * @param labels task properties to group by, such as difficulty and category
 * @param conditions what surrounded the trial: engine, image, limits, network, capabilities, ...
 * @param figures further numbers by name
 * @param reason one sentence on why the outcome is what it is
 * @param startedAt when the final try started, for people
 * @param evidence the final try's folder, relative to the home
 */
public record TrialRecord(
    String run,
    @JsonProperty("task_set") String taskSet,
    String task,
    @JsonProperty("task_digest") String taskDigest,
    String contender,
    @JsonProperty("contender_digest") String contenderDigest,
    @JsonProperty("conditions_digest") String conditionsDigest,
    int attempt,
    Outcome outcome,
    @Nullable String ended,
    boolean solved,
    @JsonProperty("agent_seconds") @Nullable Double agentSeconds,
    @JsonProperty("wall_seconds") double wallSeconds,
    int tries,
    boolean simulated,
    @JsonProperty("limit_seconds") double limitSeconds,
    @Nullable String verification,
    Map<String, Double> rewards,
    List<String> flags,
    Map<String, Double> timeline,
    Map<String, String> labels,
    Map<String, String> conditions,
    Map<String, Double> figures,
    String reason,
    @JsonProperty("started_at") Instant startedAt,
    String evidence) {

  public TrialRecord {
    requireNonNull(run, "run is null");
    requireNonNull(taskSet, "taskSet is null");
    requireNonNull(task, "task is null");
    requireNonNull(contender, "contender is null");
    requireNonNull(outcome, "outcome is null");
    rewards = sorted(rewards);
    flags = List.copyOf(flags);
    timeline = sorted(timeline);
    labels = sorted(labels);
    conditions = sorted(conditions);
    figures = sorted(figures);
    if (solved != (outcome == Outcome.SOLVED)) {
      throw new IllegalArgumentException("solved does not agree with outcome " + outcome);
    }
    if (attempt < 1 || tries < 1) {
      throw new IllegalArgumentException("attempt and tries count from 1");
    }
  }

  /** Files written from equal records must be equal, so maps keep an order. */
  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
