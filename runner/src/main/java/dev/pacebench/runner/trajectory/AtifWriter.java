package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.trajectory.Step.Call;
import dev.pacebench.runner.trajectory.Step.Metrics;
import dev.pacebench.runner.trajectory.Step.Result;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes a trajectory step by step, never holding its text in memory. */
final class AtifWriter {

  private static final JsonMapper JSON = new JsonMapper();

  private AtifWriter() {}

  static void write(Trajectory trajectory, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("schema_version", Trajectory.VERSION);
      json.writeStringProperty("session_id", trajectory.session());
      json.writeObjectPropertyStart("agent");
      json.writeStringProperty("name", trajectory.agent());
      json.writeStringProperty("version", trajectory.version());
      text(json, "model_name", trajectory.model());
      json.writeEndObject();
      json.writeArrayPropertyStart("steps");
      int number = 0;
      for (Step step : trajectory.steps()) {
        step(json, step, ++number);
      }
      json.writeEndArray();
      if (!trajectory.notes().isEmpty()) {
        json.writeStringProperty("notes", String.join("\n", trajectory.notes()));
      }
      totals(json, trajectory);
      json.writePOJOProperty("extra", trajectory.extra());
      json.writeEndObject();
    }
  }

  private static void step(JsonGenerator json, Step step, int number) {
    json.writeStartObject();
    json.writeNumberProperty("step_id", number);
    json.writeStringProperty(
        "timestamp", step.timestamp().truncatedTo(ChronoUnit.MICROS).toString());
    json.writeStringProperty("source", step.source().name().toLowerCase(Locale.ROOT));
    text(json, "model_name", step.model());
    text(json, "reasoning_effort", step.effort());
    json.writeStringProperty("message", step.message());
    text(json, "reasoning_content", step.reasoning());
    if (!step.calls().isEmpty()) {
      json.writeArrayPropertyStart("tool_calls");
      for (Call call : step.calls()) {
        json.writeStartObject();
        json.writeStringProperty("tool_call_id", call.id());
        json.writeStringProperty("function_name", call.function());
        json.writePOJOProperty("arguments", call.arguments());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!step.results().isEmpty()) {
      json.writeObjectPropertyStart("observation");
      json.writeArrayPropertyStart("results");
      for (Result result : step.results()) {
        json.writeStartObject();
        text(json, "source_call_id", result.callId());
        json.writeStringProperty("content", result.content());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    if (step.metrics() != null) {
      metrics(json, step.metrics());
    }
    if (step.extra() != null) {
      json.writePOJOProperty("extra", step.extra());
    }
    json.writeEndObject();
  }

  private static void metrics(JsonGenerator json, Metrics metrics) {
    json.writeObjectPropertyStart("metrics");
    number(json, "prompt_tokens", metrics.prompt());
    number(json, "completion_tokens", metrics.completion());
    number(json, "cached_tokens", metrics.cached());
    json.writePOJOProperty("extra", metrics.extra());
    json.writeEndObject();
  }

  private static void totals(JsonGenerator json, Trajectory trajectory) {
    long prompt = 0;
    long completion = 0;
    long cached = 0;
    for (Step step : trajectory.steps()) {
      if (step.metrics() != null) {
        prompt += orZero(step.metrics().prompt());
        completion += orZero(step.metrics().completion());
        cached += orZero(step.metrics().cached());
      }
    }
    json.writeObjectPropertyStart("final_metrics");
    json.writeNumberProperty("total_prompt_tokens", prompt);
    json.writeNumberProperty("total_completion_tokens", completion);
    json.writeNumberProperty("total_cached_tokens", cached);
    json.writeNumberProperty("total_steps", trajectory.steps().size());
    json.writeEndObject();
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable Long value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
  }
}
