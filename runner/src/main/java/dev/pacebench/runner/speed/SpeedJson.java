package dev.pacebench.runner.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A probing's figures for programs, unrounded, times in seconds. */
public final class SpeedJson {

  private SpeedJson() {}

  /** One document; fields are added, never renamed. */
  public static Map<String, Object> document(
      SpeedReport report, int against, List<LoadReport> load) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("simulated", report.tiers().stream().anyMatch(tier -> tier.tier().simulated()));
    document.put("rounds", report.plan().rounds());
    document.put("prompt_tokens", report.plan().prompts());
    document.put("answer_tokens", report.plan().answers());
    document.put("bootstrap_replicates", Bootstrap.REPLICATES);
    document.put("seed", report.plan().seed());
    document.put("tiers", report.tiers().stream().map(SpeedJson::tier).toList());
    document.put(
        "comparisons", report.comparisons(against).stream().map(SpeedJson::comparison).toList());
    document.put("load", load.stream().map(SpeedJson::load).toList());
    return document;
  }

  private static Map<String, Object> tier(TierReport report) {
    Map<String, Object> object = named(report.tier());
    object.put("attempts", report.attempts());
    object.put("failures", report.failed());
    object.put("cut_off", report.cutOff());
    object.put("served_differently", report.servedDifferently());
    for (CallFigure figure : CallFigure.values()) {
      Spread spread = report.spreads().get(figure);
      object.put(figure.word(), spread == null ? null : spread(spread));
    }
    object.put("first_token_seconds_by_prompt", report.firstTokenBySize());
    for (FitFigure part : FitFigure.values()) {
      object.put(part.word(), estimate(report.fit().get(part)));
    }
    object.put(
        "calls",
        report.conversations().stream().flatMap(List::stream).map(SpeedJson::call).toList());
    return object;
  }

  private static Map<String, Object> named(ProbedTier tier) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", tier.name());
    object.put("contenders", tier.contenders());
    object.put("model", tier.model().id());
    object.put("provider", tier.model().provider().name());
    object.put("protocol", tier.serving().protocol());
    object.put("transport", tier.serving().transport());
    object.put("service_tier", tier.serving().serviceTier().orElse(null));
    object.put("speed", tier.serving().speed().orElse(null));
    object.put("effort", tier.serving().effort().orElse(null));
    object.put("simulated", tier.simulated());
    return object;
  }

  private static Map<String, Object> call(Sample sample) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("round", sample.step().round());
    object.put("conversation", sample.conversation());
    object.put("prompt_tokens", sample.step().prompt());
    object.put("answer_tokens", sample.step().answer());
    var usage = sample.call().answer().usage();
    object.put("input_tokens", usage == null ? null : usage.input());
    object.put("cached_tokens", usage == null ? null : usage.cached());
    object.put("output_tokens", usage == null ? null : usage.output());
    object.put("reasoning_tokens", usage == null ? null : usage.reasoning());
    object.put("connection_reused", sample.call().connectionReused());
    for (CallFigure figure : CallFigure.values()) {
      var value = figure.of(sample.call());
      object.put(figure.word(), value.isPresent() ? value.getAsDouble() : null);
    }
    return object;
  }

  private static Map<String, Object> comparison(Comparison comparison) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("tier", comparison.tier());
    object.put("against", comparison.against());
    object.put("figure", comparison.figure());
    object.put("ratio", estimate(comparison.ratio().orElse(null)));
    object.put("claimed_ratio", comparison.claim().map(Claim::ratio).orElse(null));
    object.put(
        "verdict",
        comparison.verdict().map(verdict -> verdict.name().toLowerCase(Locale.ROOT)).orElse(null));
    return object;
  }

  private static Map<String, Object> load(LoadReport report) {
    Map<String, Object> object = named(report.tier());
    object.put("calls_per_second", report.perSecond());
    object.put("seconds", report.seconds());
    object.put("due", report.wanted());
    object.put("answered", report.answered());
    object.put("failed", report.failed());
    object.put("unfinished", report.unfinished());
    object.put("not_sent", report.notSent());
    object.put("latency_seconds", quantiles(report.latency()));
    object.put("first_token_seconds", quantiles(report.firstToken()));
    object.put("queue_seconds", quantiles(report.queue()));
    object.put("output_tokens_per_second", report.outputPerSecond());
    return object;
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("count", spread.count());
    object.put("median", estimate(spread.median().orElse(null)));
    object.put("quantiles", quantiles(spread.quantiles()));
    return object;
  }

  private static List<Map<String, Object>> quantiles(List<Quantile> quantiles) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Quantile quantile : quantiles) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("q", quantile.q());
      object.put("value", quantile.value());
      object.put("enough", quantile.enough());
      list.add(object);
    }
    return list;
  }

  private static @Nullable Map<String, Object> estimate(@Nullable Estimate estimate) {
    return Optional.ofNullable(estimate)
        .map(
            found -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("value", found.value());
              object.put("ci", List.of(found.lo(), found.hi()));
              return object;
            })
        .orElse(null);
  }
}
