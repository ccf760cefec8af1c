package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.CallUsage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The fields of a {@code usage} object of any protocol, whose names do not clash.
 *
 * <p>A field that a later object repeats replaces the earlier figure: Anthropic's are cumulative,
 * and some Chat servers report with every chunk.
 */
final class UsageFields {

  private static final long ABSENT = -1;

  private long input = ABSENT;
  private long cached = ABSENT;
  private long output = ABSENT;
  private long reasoning = ABSENT;
  private long total = ABSENT;
  private long cacheWrite = ABSENT;
  private long cacheReadApart = ABSENT;
  private long cacheWriteApart = ABSENT;
  private long reasoningApart = ABSENT;
  private long inputOfTools = ABSENT;
  private @Nullable String tier;
  private @Nullable String speed;

  void clear() {
    input = cached = output = reasoning = total = ABSENT;
    cacheWrite = cacheReadApart = cacheWriteApart = reasoningApart = inputOfTools = ABSENT;
    tier = null;
    speed = null;
  }

  /** Reads the value the parser stands at. */
  void read(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "input_tokens", "prompt_tokens", "promptTokenCount" -> input = Json.count(json);
        case "output_tokens", "completion_tokens", "candidatesTokenCount" ->
            output = Json.count(json);
        case "total_tokens" -> total = Json.count(json);
        case "input_tokens_details", "prompt_tokens_details" -> readInputDetails(json);
        case "output_tokens_details", "completion_tokens_details" -> readOutputDetails(json);
        case "thoughtsTokenCount" -> reasoningApart = Json.count(json);
        case "toolUsePromptTokenCount" -> inputOfTools = Json.count(json);
        case "prompt_cache_hit_tokens", "cachedContentTokenCount" -> cached = Json.count(json);
        case "cache_read_input_tokens" -> cacheReadApart = Json.count(json);
        case "cache_creation_input_tokens" -> cacheWriteApart = Json.count(json);
        case "service_tier" -> tier = Json.text(json, Json.WORD);
        case "speed" -> speed = Json.text(json, Json.WORD);
        default -> json.skipChildren();
      }
    }
  }

  private void readInputDetails(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "cached_tokens" -> cached = Json.count(json);
        case "cache_write_tokens" -> cacheWrite = Json.count(json);
        default -> json.skipChildren();
      }
    }
  }

  private void readOutputDetails(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "reasoning_tokens", "thinking_tokens" -> reasoning = Json.count(json);
        default -> json.skipChildren();
      }
    }
  }

  /** Takes over what a later object says. */
  void takeOver(UsageFields later) {
    input = later(input, later.input);
    cached = later(cached, later.cached);
    output = later(output, later.output);
    reasoning = later(reasoning, later.reasoning);
    total = later(total, later.total);
    cacheWrite = later(cacheWrite, later.cacheWrite);
    cacheReadApart = later(cacheReadApart, later.cacheReadApart);
    cacheWriteApart = later(cacheWriteApart, later.cacheWriteApart);
    reasoningApart = later(reasoningApart, later.reasoningApart);
    inputOfTools = later(inputOfTools, later.inputOfTools);
    tier = later.tier == null ? tier : later.tier;
    speed = later.speed == null ? speed : later.speed;
  }

  private static long later(long earlier, long later) {
    return later == ABSENT ? earlier : later;
  }

  @Nullable String tier() {
    return tier;
  }

  @Nullable String speed() {
    return speed;
  }

  /** In the meaning of the OpenAI protocols, whose figures include what their details name. */
  @Nullable CallUsage inclusive() {
    if (input == ABSENT && output == ABSENT) {
      return null;
    }
    long out = known(output);
    // Some servers count reasoning beside the completion; their own total gives it away.
    if (known(reasoning) > 0 && total == known(input) + out + reasoning) {
      out += reasoning;
    }
    return new CallUsage(known(input), known(cached), known(cacheWrite), out, known(reasoning));
  }

  /** In the meaning of Anthropic, whose input leaves out what a cache took part in. */
  @Nullable CallUsage exclusive() {
    if (input == ABSENT && output == ABSENT) {
      return null;
    }
    long read = known(cacheReadApart);
    long written = known(cacheWriteApart);
    return new CallUsage(
        known(input) + read + written, read, written, known(output), known(reasoning));
  }

  /** In the meaning of Gemini, which counts thoughts beside the answer, and what tools brought. */
  @Nullable CallUsage apart() {
    if (input == ABSENT && output == ABSENT && reasoningApart == ABSENT) {
      return null;
    }
    long thoughts = known(reasoningApart);
    return new CallUsage(
        known(input) + known(inputOfTools), known(cached), 0, known(output) + thoughts, thoughts);
  }

  private static long known(long value) {
    return Math.max(0, value);
  }
}
