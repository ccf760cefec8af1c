package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.lineup.ServingTier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets in every request what its contender's tier asks for, whatever the agent can be told.
 *
 * <p>The model is always the contender's, also for side requests that an agent would send to a
 * smaller one. Streams are asked for without padding of their events and with usage, which a
 * measurement needs. What a tier leaves open stays the agent's.
 */
public final class TierRewriter implements Rewriter {

  private static final String FAST_MODE = "fast-mode-2026-02-01";
  private static final String EFFORT = "effort-2025-11-24";
  private static final int LONGEST_WORD = 200;

  private final String model;
  private final ServingTier tier;

  /**
   * @param model what the provider calls it
   */
  public TierRewriter(String model, ServingTier tier) {
    this.model = requireNonNull(model, "model is null");
    this.tier = requireNonNull(tier, "tier is null");
  }

  @Override
  public Rewritten rewrite(Protocol protocol, byte[] body) {
    Optional<JsonEdit> edit = JsonEdit.of(body);
    if (edit.isEmpty()) {
      return new Rewritten(body, Map.of(), Asked.unknown());
    }
    Fields fields = new Fields(edit.get());
    String named = fields.text("model").orElse("");
    return switch (protocol) {
      case OPENAI_RESPONSES -> responses(fields, named, body);
      case OPENAI_CHAT -> chat(fields, named);
      case ANTHROPIC_MESSAGES -> messages(fields, named);
    };
  }

  private Rewritten responses(Fields fields, String named, byte[] body) {
    Optional<String> type = fields.text("type");
    boolean frame = type.filter("response.create"::equals).isPresent();
    if (type.isPresent() && !frame) {
      // Another kind of WebSocket frame: no call, nothing to set.
      return new Rewritten(body, Map.of(), Asked.unknown());
    }
    boolean stream = frame || fields.edit.is("true", "stream");
    fields.setText(Optional.of(model), "model");
    fields.setText(tier.serviceTier(), "service_tier");
    fields.setText(tier.effort(), "reasoning", "effort");
    if (stream) {
      fields.setLiteral("false", "stream_options", "include_obfuscation");
    }
    fields.cap(tier.maxOutputTokens(), "max_output_tokens");
    return fields.done(
        Map.of(),
        new Asked(
            named,
            tier.serviceTier().or(() -> fields.text("service_tier")).orElse(null),
            null,
            tier.effort().or(() -> fields.text("reasoning", "effort")).orElse(null),
            stream,
            fields.edit.is("false", "generate"),
            fields.text("previous_response_id").orElse(null),
            fields.changed));
  }

  private Rewritten chat(Fields fields, String named) {
    boolean stream = fields.edit.is("true", "stream");
    fields.setText(Optional.of(model), "model");
    fields.setText(tier.serviceTier(), "service_tier");
    fields.setText(tier.effort(), "reasoning_effort");
    if (stream) {
      fields.setLiteral("true", "stream_options", "include_usage");
    }
    fields.cap(
        tier.maxOutputTokens(),
        fields.edit.has("max_tokens") ? "max_tokens" : "max_completion_tokens");
    return fields.done(
        Map.of(),
        new Asked(
            named,
            tier.serviceTier().or(() -> fields.text("service_tier")).orElse(null),
            null,
            tier.effort().or(() -> fields.text("reasoning_effort")).orElse(null),
            stream,
            false,
            null,
            fields.changed));
  }

  private Rewritten messages(Fields fields, String named) {
    fields.setText(Optional.of(model), "model");
    fields.setText(tier.serviceTier(), "service_tier");
    fields.setText(tier.speed(), "speed");
    fields.setText(tier.effort(), "output_config", "effort");
    fields.cap(tier.maxOutputTokens(), "max_tokens");
    List<String> betas = new ArrayList<>();
    tier.speed().ifPresent(speed -> betas.add(FAST_MODE));
    tier.effort().ifPresent(effort -> betas.add(EFFORT));
    Map<String, String> headers = new LinkedHashMap<>();
    if (!betas.isEmpty()) {
      headers.put("anthropic-beta", String.join(",", betas));
    }
    return fields.done(
        headers,
        new Asked(
            named,
            tier.serviceTier().or(() -> fields.text("service_tier")).orElse(null),
            tier.speed().or(() -> fields.text("speed")).orElse(null),
            tier.effort().or(() -> fields.text("output_config", "effort")).orElse(null),
            fields.edit.is("true", "stream"),
            false,
            null,
            fields.changed));
  }

  /** One request under change, and what was changed in it. */
  private static final class Fields {
    private final JsonEdit edit;
    private final List<String> changed = new ArrayList<>();

    private Fields(JsonEdit edit) {
      this.edit = edit;
    }

    private Optional<String> text(String... path) {
      return edit.text(path).map(text -> text.substring(0, Math.min(text.length(), LONGEST_WORD)));
    }

    private void setText(Optional<String> text, String... path) {
      if (text.isPresent() && edit.setText(text.get(), path)) {
        changed.add(String.join(".", path));
      }
    }

    private void setLiteral(String literal, String... path) {
      if (edit.setLiteral(literal, path)) {
        changed.add(String.join(".", path));
      }
    }

    /** A smaller limit of the agent's own stays, since side requests ask for little on purpose. */
    private void cap(Optional<Integer> most, String name) {
      if (most.isEmpty() || edit.whole(name).filter(own -> own <= most.get()).isPresent()) {
        return;
      }
      setLiteral(String.valueOf(most.get()), name);
    }

    private Rewritten done(Map<String, String> headers, Asked asked) {
      return new Rewritten(edit.result(), headers, asked);
    }
  }
}
