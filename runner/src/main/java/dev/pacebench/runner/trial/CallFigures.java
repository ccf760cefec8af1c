package dev.pacebench.runner.trial;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a trial's calls come to; names are defined in the leaderboard's README.
 *
 * @param values figures by name
 * @param flags what a reader should know
 * @param transports how answers travelled, in words
 */
record CallFigures(Map<String, Double> values, Set<String> flags, Set<String> transports) {

  /** Tiers that say the same; `auto` leaves the choice to the provider. */
  private static final Map<String, String> SAME_TIER =
      Map.of("fast", "priority", "standard_only", "standard");

  /**
   * Sums up.
   *
   * @param model id of the model that the contender names
   */
  static CallFigures of(List<CallRecord> calls, String model) {
    Map<String, Double> values = new TreeMap<>();
    Set<String> flags = new TreeSet<>();
    Set<String> transports = new TreeSet<>();
    CallUsage total = CallUsage.NONE;
    List<Double> firsts = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    int failed = 0;
    int abandoned = 0;
    for (CallRecord call : calls) {
      transports.add(call.transport().word());
      Answer answer = call.answer();
      if (answer.end() == CallEnd.ABANDONED) {
        abandoned++;
        continue;
      }
      if (!answer.end().answered()) {
        failed++;
        continue;
      }
      CallUsage usage = answer.usage();
      if (usage == null) {
        flags.add("unmetered");
      } else {
        total = total.plus(usage);
      }
      if (differs(asked(call.asked().tier()), answer.tier())
          || differs(call.asked().speed(), answer.speed())) {
        flags.add("tier_differs");
      }
      if (modelDiffers(model, answer.model())) {
        flags.add("model_differs");
      }
      if (!call.asked().warmUp()) {
        addIfPresent(firsts, firstTokenSeconds(call.times()));
        addIfPresent(speeds, tokensPerSecond(call.times(), usage));
      }
    }
    values.put("calls", (double) calls.stream().map(CallRecord::seq).distinct().count());
    values.put("call_attempts", (double) calls.size());
    values.put("calls_failed", (double) failed);
    values.put("calls_abandoned", (double) abandoned);
    values.put("input_tokens", (double) total.input());
    values.put("cached_tokens", (double) total.cached());
    values.put("output_tokens", (double) total.output());
    values.put("reasoning_tokens", (double) total.reasoning());
    median(firsts, values, "first_token_seconds_median");
    median(speeds, values, "tokens_per_second_median");
    return new CallFigures(values, flags, transports);
  }

  private static void addIfPresent(List<Double> list, @Nullable Double value) {
    if (value != null) {
      list.add(value);
    }
  }

  private static void median(List<Double> samples, Map<String, Double> values, String name) {
    if (!samples.isEmpty()) {
      List<Double> sorted = samples.stream().sorted().toList();
      int middle = sorted.size() / 2;
      values.put(
          name,
          sorted.size() % 2 == 1
              ? sorted.get(middle)
              : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
  }

  private static @Nullable String asked(@Nullable String tier) {
    return tier == null || tier.equals("auto") ? null : SAME_TIER.getOrDefault(tier, tier);
  }

  private static boolean differs(@Nullable String asked, @Nullable String served) {
    return asked != null && served != null && !asked.equals(SAME_TIER.getOrDefault(served, served));
  }

  /** A dated version of the model that was asked for is that model. */
  private static boolean modelDiffers(String asked, @Nullable String served) {
    return served != null
        && !served.equals(asked)
        && !served.startsWith(asked + "-20")
        && !served.startsWith(asked + "@");
  }

  private static @Nullable Double firstTokenSeconds(CallTimes times) {
    return times.first() == null || times.send() == null
        ? null
        : Double.valueOf((times.first() - times.send()) / 1e9);
  }

  private static @Nullable Double tokensPerSecond(CallTimes times, @Nullable CallUsage usage) {
    Long first = times.first();
    Long last = times.last();
    if (usage == null || usage.output() < 2 || first == null || last == null || last <= first) {
      return null;
    }
    return (usage.output() - 1) / ((last - first) / 1e9);
  }
}
