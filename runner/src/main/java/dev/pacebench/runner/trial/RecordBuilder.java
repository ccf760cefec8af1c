package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.runner.verify.Rewards;
import dev.pacebench.runner.verify.Verdict;
import dev.pacebench.sandbox.ProcessInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what a record says while a try goes on. */
final class RecordBuilder {

  private final PlannedTrial trial;
  private final int tryNumber;
  private final EffectiveLimits limits;
  private final Instant startedAt;
  private final String evidence;
  private final TreeSet<String> flags = new TreeSet<>();
  private final Map<String, Double> figures = new HashMap<>();
  private final Map<String, Object> extra = new LinkedHashMap<>();
  private Outcome outcome = Outcome.LOST;
  private String reason = "";
  private String conditionsDigest = "";
  private Map<String, String> conditions = Map.of();
  private Map<String, Double> rewards = Map.of();
  private Map<String, Double> timeline = Map.of();
  private double wallSeconds;
  private @Nullable Ended ended;
  private @Nullable Double agentSeconds;
  private @Nullable String verification;

  RecordBuilder(
      PlannedTrial trial,
      int tryNumber,
      EffectiveLimits limits,
      Instant startedAt,
      String evidence) {
    this.trial = trial;
    this.tryNumber = tryNumber;
    this.limits = limits;
    this.startedAt = startedAt;
    this.evidence = evidence;
  }

  void conditions(TrialConditions conditions) {
    this.conditions = conditions.values();
    this.conditionsDigest = conditions.digest();
    extra("conditions", conditions.values());
  }

  void figure(String name, double value) {
    figures.put(name, value);
  }

  void flagIf(boolean holds, String flag) {
    if (holds) {
      flags.add(flag);
    }
  }

  void extra(String name, Object value) {
    extra.put(name, value);
  }

  Map<String, Object> extra() {
    return extra;
  }

  /** Waits for our own limits are no part of the agent's time. */
  void agentEnd(AgentPhase.End end, Timeline timeline) {
    ended = end.ended();
    long waited = timeline.nanos().getOrDefault(TrialState.LIMITER_WAIT, 0L);
    agentSeconds = (timeline.agentNanos() - waited) / 1e9;
    phaseEnd(end);
    if (!end.note().isEmpty()) {
      extra("agent_note", end.note());
    }
  }

  /** One agent phase is over; there may be further ones. */
  void phaseEnd(AgentPhase.End end) {
    flagIf(end.stuck(), "agent_thread_stuck");
    end.freeze()
        .ifPresent(
            freeze -> {
              flagIf(freeze.killed() > 0, "services_stopped");
              figure("killed_at_deadline", freeze.killed());
              figure("freeze_seconds", freeze.frozenAfter().toNanos() / 1e9);
              flagIf(freeze.restarted(), "sandbox_restarted");
            });
  }

  /** Not every step was run and judged, so what the others' rewards come to is no pass. */
  void notAllSteps(AgentPhase.End end, String why) {
    if (outcome == Outcome.SOLVED) {
      outcome = OutcomeRule.unsolved(end.ended());
      flags.remove("solved_at_limit");
    }
    reason = reason + "; " + why;
  }

  void processesAtEnd(List<ProcessInfo> left) {
    figure("processes_at_end", left.size());
    if (!left.isEmpty()) {
      extra("processes_at_end", left.stream().map(ProcessInfo::command).toList());
    }
  }

  void verdict(Verdict verdict, AgentPhase.End end) {
    outcome = OutcomeRule.outcome(end.ended(), verdict);
    reason = OutcomeRule.reason(end.ended(), end.note(), verdict);
    verification = trial.task().verifier().mode().name().toLowerCase(java.util.Locale.ROOT);
    rewards = verdict.rewards().map(Rewards::values).orElse(Map.of());
    verdict.figures().forEach(figures::put);
    figure("verifier_rounds", verdict.rounds());
    flagIf(verdict.rewards().isEmpty(), "verifier_silent");
    flagIf(!verdict.tampered().isEmpty(), "tampered");
    flagIf(
        verdict.rewards().isPresent() && verdict.rewards().get().decisive().isEmpty(),
        "task_error");
    flagIf(outcome == Outcome.SOLVED && end.ended() == Ended.DEADLINE, "solved_at_limit");
    if (!verdict.tampered().isEmpty()) {
      extra("tampered", verdict.tampered());
    }
  }

  void lost(String cause, String why) {
    outcome = Outcome.LOST;
    reason = why;
    extra("lost_cause", cause);
    flags.add("lost_" + cause);
  }

  void timeline(Timeline ended) {
    timeline = ended.seconds();
    wallSeconds = ended.wallNanos() / 1e9;
    Map<String, Long> nanos = new TreeMap<>();
    ended.nanos().forEach((state, value) -> nanos.put(state.word(), value));
    extra("timeline_nanos", nanos);
    extra("wall_nanos", ended.wallNanos());
  }

  TrialRecord build() {
    return new TrialRecord(
        trial.runId(),
        trial.task().set(),
        trial.task().name(),
        trial.task().digest(),
        trial.contender().name(),
        trial.contender().digest(),
        conditionsDigest,
        trial.attempt(),
        outcome,
        ended == null ? null : ended.word(),
        outcome == Outcome.SOLVED,
        agentSeconds,
        wallSeconds,
        tryNumber,
        trial.contender().simulated(),
        limits.agent().toNanos() / 1e9,
        verification,
        rewards,
        List.copyOf(flags),
        timeline,
        labels(),
        conditions,
        figures,
        reason,
        startedAt,
        evidence);
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    trial.task().metadata().difficulty().ifPresent(value -> labels.put("difficulty", value));
    trial.task().metadata().category().ifPresent(value -> labels.put("category", value));
    // Sets of changes to public repositories name those, as owner/name, in place of a category.
    trial
        .task()
        .change()
        .flatMap(change -> trial.task().metadata().category())
        .filter(value -> value.contains("/"))
        .ifPresent(value -> labels.put("repository", value));
    return labels;
  }
}
