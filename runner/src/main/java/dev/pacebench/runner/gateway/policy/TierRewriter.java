package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.wire.RequestReader;
import dev.pacebench.runner.lineup.ServingTier;
import java.util.ArrayList;
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
      return new Rewritten(body, Map.of(), RequestReader.body(protocol, body));
    }
    Optional<String> type =
        protocol == Protocol.OPENAI_RESPONSES ? edit.get().text("type") : Optional.empty();
    boolean frame = type.filter("response.create"::equals).isPresent();
    if (type.isPresent() && !frame) {
      // Another kind of WebSocket frame: no call, nothing to set.
      return new Rewritten(body, Map.of(), Asked.unknown());
    }
    Asked named = asked(protocol, frame, body);
    Fields fields = new Fields(edit.get());
    if (protocol != Protocol.GEMINI) {
      fields.setText(Optional.of(model), "model");
    }
    fields.setText(tier.serviceTier(), "service_tier");
    switch (protocol) {
      case OPENAI_RESPONSES -> responses(fields, named.stream());
      case OPENAI_CHAT -> chat(fields, named.stream());
      case ANTHROPIC_MESSAGES -> messages(fields);
      case GEMINI -> gemini(fields);
    }
    byte[] made = fields.edit.result();
    Asked sent = fields.changed.isEmpty() ? named : asked(protocol, frame, made);
    return new Rewritten(made, headers(protocol), with(sent, named.model(), fields.changed));
  }

  private void responses(Fields fields, boolean stream) {
    fields.setText(tier.effort(), "reasoning", "effort");
    if (stream) {
      fields.setLiteral("false", "stream_options", "include_obfuscation");
    }
    fields.cap(tier.maxOutputTokens(), "max_output_tokens");
  }

  private void chat(Fields fields, boolean stream) {
    fields.setText(tier.effort(), "reasoning_effort");
    if (stream) {
      fields.setLiteral("true", "stream_options", "include_usage");
    }
    fields.cap(
        tier.maxOutputTokens(),
        fields.edit.has("max_tokens") ? "max_tokens" : "max_completion_tokens");
  }

  private void messages(Fields fields) {
    fields.setText(tier.speed(), "speed");
    fields.setText(tier.effort(), "output_config", "effort");
    fields.cap(tier.maxOutputTokens(), "max_tokens");
  }

  @Override
  public String model(String named) {
    return model;
  }

  /** A level of thinking and a budget for it exclude each other. */
  private void gemini(Fields fields) {
    String config = fields.edit.has("generation_config") ? "generation_config" : "generationConfig";
    if (tier.effort().isPresent()) {
      if (fields.edit.has(config, "thinkingConfig", "thinkingBudget")) {
        fields.setLiteral("null", config, "thinkingConfig", "thinkingBudget");
        fields.goOn();
      }
      fields.setText(tier.effort(), config, "thinkingConfig", "thinkingLevel");
      fields.goOn();
    }
    fields.cap(tier.maxOutputTokens(), config, "maxOutputTokens");
  }

  /** Fields that are still on trial at a provider need a flag beside them. */
  private Map<String, String> headers(Protocol protocol) {
    List<String> betas = new ArrayList<>();
    if (protocol == Protocol.ANTHROPIC_MESSAGES) {
      tier.speed().ifPresent(speed -> betas.add(FAST_MODE));
      tier.effort().ifPresent(effort -> betas.add(EFFORT));
    }
    return betas.isEmpty() ? Map.of() : Map.of("anthropic-beta", String.join(",", betas));
  }

  private static Asked asked(Protocol protocol, boolean frame, byte[] body) {
    return frame
        ? RequestReader.frame(body).orElseGet(Asked::unknown)
        : RequestReader.body(protocol, body);
  }

  private static Asked with(Asked sent, String named, List<String> changed) {
    return new Asked(
        named,
        sent.tier(),
        sent.speed(),
        sent.effort(),
        sent.stream(),
        sent.warmUp(),
        sent.continues(),
        changed);
  }

  /** One request under change, and what was changed in it. */
  private static final class Fields {
    private JsonEdit edit;
    private final List<String> changed = new ArrayList<>();

    private Fields(JsonEdit edit) {
      this.edit = edit;
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
    private void cap(Optional<Integer> most, String... path) {
      if (most.isEmpty() || edit.whole(path).filter(own -> own <= most.get()).isPresent()) {
        return;
      }
      setLiteral(String.valueOf(most.get()), path);
    }

    /** Begins a further edit of what was made, as one edit cannot fill a new object twice. */
    private void goOn() {
      edit = JsonEdit.of(edit.result()).orElse(edit);
    }
  }
}
