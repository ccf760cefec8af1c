package dev.pacebench.leaderboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table as one JSON object; fields are added, never renamed.
 *
 * <p>Names are complete and escaped down to ASCII, so that they are exact and still harmless on a
 * terminal.
 */
final class JsonTable {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonTable() {}

  static String render(ResultTable table) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("contenders", table.rows().stream().map(JsonTable::contender).toList());
    object.put("planned", table.planned());
    object.put("done", table.done());
    object.put("used", table.used());
    object.put("unfinished", table.unfinished());
    object.put("runs", table.runs().stream().map(JsonTable::run).toList());
    object.put("notes", Notes.of(table, text -> text));
    return MAPPER.writeValueAsString(object).replace("\r\n", "\n") + "\n";
  }

  private static Map<String, @Nullable Object> contender(TableRow row) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", row.name());
    object.put("accuracy", orNull(row.accuracy()));
    object.put("ci", row.interval().map(i -> List.of(i.lo(), i.hi())).orElse(null));
    object.put("trials", row.trials());
    object.put("lost", row.lost());
    object.put("median_seconds", orNull(row.medianSeconds()));
    object.put("task_set", row.taskSet());
    object.put("contender", row.contender());
    object.put("contender_digest", row.contenderDigest());
    object.put("runs", row.runs());
    object.put("tasks", row.tasks());
    object.put("planned", row.planned());
    object.put("solved", row.solved());
    object.put("failed", row.count(Outcome.FAILED));
    object.put("timed_out", row.count(Outcome.TIMED_OUT));
    object.put("agent_error", row.count(Outcome.AGENT_ERROR));
    object.put("accuracy_if_lost_failed", orNull(row.accuracyIfLostFailed()));
    object.put("greyed", row.greyed());
    object.put("standard_error", orNull(row.standardError()));
    object.put("ci_method", row.interval().map(Interval::method).orElse(null));
    object.put(
        "ci_absent", row.interval().isPresent() || row.tasks() == 0 ? null : "too few tasks");
    object.put("verification", row.verification().orElse(null));
    object.put("flags", row.flags());
    object.put("simulated", row.simulated());
    object.put("differs", row.differs().orElse(null));
    return object;
  }

  private static Map<String, Object> run(RunFacts facts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", facts.run());
    object.put("sandbox", facts.sandbox());
    object.put("slots", facts.slots());
    return object;
  }

  private static @Nullable Double orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
