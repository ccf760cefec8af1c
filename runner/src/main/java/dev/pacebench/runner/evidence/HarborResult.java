package dev.pacebench.runner.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.plan.PlannedTrial;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the fields that Harbor's own tools read.
 *
 * <p>The phases follow each other, so their times are the timeline's durations laid end to end.
 */
final class HarborResult {

  private static final Set<String> SET_UP = Set.of("env_build", "sandbox_start", "healthcheck");
  private static final Set<String> AGENT_SET_UP = Set.of("agent_setup");
  private static final Set<String> STOP = Set.of("freeze");
  private static final Set<String> VERIFY = Set.of("verify");
  private static final Set<String> AFTER = Set.of("collect", "teardown");

  private static final double NANOS = 1e9;

  private HarborResult() {}

  static ObjectNode of(
      JsonMapper json, PlannedTrial trial, int tryNumber, Path folder, TrialRecord record) {
    ObjectNode root = json.createObjectNode();
    String key = trial.runId() + "/" + trial.id() + "/" + tryNumber;
    root.put("id", UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString());
    root.put("task_name", trial.task().name());
    root.put("trial_name", trial.id());
    root.put("trial_uri", folder.toUri().toString());
    root.putObject("task_id").put("path", trial.task().directory().toString());
    root.put("source", trial.task().set());
    root.put("task_checksum", trial.task().digests().harbor());
    root.set("agent_info", agentInfo(json, trial.contender()));
    root.set("agent_result", agentResult(json, record));
    root.set("verifier_result", verifierResult(json, record));
    Instant started = record.startedAt();
    Instant finished = started.plusNanos(nanos(record.wallSeconds()));
    root.set("exception_info", exceptionInfo(json, record, finished));
    root.put("started_at", started.toString());
    root.put("finished_at", finished.toString());
    phases(json, root, record, started);
    return root;
  }

  private static ObjectNode agentInfo(JsonMapper json, Contender contender) {
    ObjectNode info = json.createObjectNode();
    info.put("name", contender.agent());
    info.put("version", contender.agentVersion());
    if (contender.model().isPresent()) {
      ObjectNode model = info.putObject("model_info");
      model.put("name", contender.model().get());
      model.putNull("provider");
    } else {
      info.putNull("model_info");
    }
    return info;
  }

  private static ObjectNode agentResult(JsonMapper json, TrialRecord record) {
    ObjectNode result = json.createObjectNode();
    count(result, "n_input_tokens", record.figures().get("input_tokens"));
    count(result, "n_cache_tokens", record.figures().get("cached_tokens"));
    count(result, "n_output_tokens", record.figures().get("output_tokens"));
    result.put("cost_usd", record.figures().get("cost_usd"));
    result.putNull("rollout_details");
    result.putNull("metadata");
    return result;
  }

  private static void count(ObjectNode node, String name, @Nullable Double value) {
    if (value == null) {
      node.putNull(name);
    } else {
      node.put(name, value.longValue());
    }
  }

  private static @Nullable ObjectNode verifierResult(JsonMapper json, TrialRecord record) {
    if (record.rewards().isEmpty()) {
      return null;
    }
    ObjectNode result = json.createObjectNode();
    ObjectNode rewards = result.putObject("rewards");
    record.rewards().forEach(rewards::put);
    return result;
  }

  private static @Nullable ObjectNode exceptionInfo(
      JsonMapper json, TrialRecord record, Instant at) {
    String type = exceptionType(record);
    if (type == null) {
      return null;
    }
    ObjectNode info = json.createObjectNode();
    info.put("exception_type", type);
    info.put("exception_message", record.reason());
    info.put("exception_traceback", "");
    info.put("occurred_at", at.toString());
    return info;
  }

  private static @Nullable String exceptionType(TrialRecord record) {
    if (record.outcome() == Outcome.LOST) {
      return "LostTry";
    }
    if ("deadline".equals(record.ended())) {
      return "AgentTimeoutError";
    }
    return record.outcome() == Outcome.AGENT_ERROR ? "NonZeroAgentExitCodeError" : null;
  }

  private static void phases(
      JsonMapper json, ObjectNode root, TrialRecord record, Instant started) {
    Map<String, Double> timeline = record.timeline();
    double setUp = sum(timeline, SET_UP);
    double agentSetUp = setUp + sum(timeline, AGENT_SET_UP);
    double others =
        sum(timeline, SET_UP)
            + sum(timeline, AGENT_SET_UP)
            + sum(timeline, STOP)
            + sum(timeline, VERIFY)
            + sum(timeline, AFTER);
    double all = timeline.values().stream().mapToDouble(Double::doubleValue).sum();
    double agent = agentSetUp + Math.max(0, all - others);
    double stop = agent + sum(timeline, STOP);
    double verify = stop + sum(timeline, VERIFY);
    root.set("environment_setup", phase(json, started, 0, setUp));
    root.set("agent_setup", phase(json, started, setUp, agentSetUp));
    root.set(
        "agent_execution",
        record.agentSeconds() == null ? null : phase(json, started, agentSetUp, agent));
    root.set("verifier", record.verification() == null ? null : phase(json, started, stop, verify));
  }

  private static double sum(Map<String, Double> timeline, Set<String> states) {
    return states.stream().mapToDouble(state -> timeline.getOrDefault(state, 0.0)).sum();
  }

  private static ObjectNode phase(JsonMapper json, Instant started, double from, double to) {
    ObjectNode phase = json.createObjectNode();
    phase.put("started_at", started.plusNanos(nanos(from)).toString());
    phase.put("finished_at", started.plusNanos(nanos(to)).toString());
    return phase;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }
}
