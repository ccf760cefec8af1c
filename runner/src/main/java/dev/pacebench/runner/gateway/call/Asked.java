package dev.pacebench.runner.gateway.call;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked for.
 *
 * @param model as the caller named it, before any rewriting; empty when it named none
 * @param tier service tier as sent to the provider, after rewriting
 * @param speed speed as sent to the provider, after rewriting
 * @param effort reasoning effort as sent to the provider, after rewriting
 * @param stream whether a stream was asked for
 * @param warmUp whether it asks for no generation
 * @param continues id of the response whose context it goes on from
 * @param rewritten fields that the gateway changed, such as {@code service_tier}
 */
public record Asked(
    String model,
    @Nullable String tier,
    @Nullable String speed,
    @Nullable String effort,
    boolean stream,
    boolean warmUp,
    @Nullable String continues,
    List<String> rewritten) {

  public Asked {
    requireNonNull(model, "model is null");
    rewritten = List.copyOf(rewritten);
  }

  /** The same with what the call's path says where it says anything, as it came and as sent on. */
  public Asked by(CallPath came, CallPath sent) {
    if (came.model().isEmpty()) {
      return this;
    }
    List<String> changed = new ArrayList<>(rewritten);
    if (!came.equals(sent)) {
      changed.add("model");
    }
    return new Asked(came.model(), tier, speed, effort, came.stream(), warmUp, continues, changed);
  }

  /** What is said of a request that could not be read. */
  public static Asked unknown() {
    return new Asked("", null, null, null, false, false, null, List.of());
  }
}
