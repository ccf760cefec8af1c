package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was measured of one tier.
 *
 * @param attempts of all calls
 * @param failed attempts that gave no answer, by how they ended; those that took too long too
 * @param cutOff attempts of which only a lower bound of their time is known
 * @param spreads of each figure that any call has
 * @param firstTokenBySize median time to the first token, by size of the first prompt
 * @param fit parts of the fit that have an interval
 * @param servedDifferently calls that another model or tier answered than was asked for
 * @param conversations usable calls by conversation
 */
record TierReport(
    ProbedTier tier,
    int attempts,
    Map<String, Integer> failed,
    int cutOff,
    Map<CallFigure, Spread> spreads,
    Map<Integer, Double> firstTokenBySize,
    Map<FitFigure, Estimate> fit,
    int servedDifferently,
    List<List<Sample>> conversations) {

  static TierReport of(ProbedTier tier, List<Sample> samples, int replicates, long seed) {
    Map<String, Integer> failed = new TreeMap<>();
    int cutOff = 0;
    Map<Integer, List<Sample>> byConversation = new LinkedHashMap<>();
    for (Sample sample : samples) {
      cutOff += sample.censored() ? 1 : 0;
      if (sample.usable()) {
        byConversation
            .computeIfAbsent(sample.conversation(), unused -> new ArrayList<>())
            .add(sample);
      } else {
        failed.merge(word(sample), 1, Integer::sum);
      }
    }
    List<List<Sample>> conversations = List.copyOf(byConversation.values());
    Map<CallFigure, Spread> spreads = new EnumMap<>(CallFigure.class);
    for (CallFigure figure : CallFigure.values()) {
      Spread.of(conversations, figure, replicates, seed + figure.name().hashCode())
          .ifPresent(spread -> spreads.put(figure, spread));
    }
    Map<FitFigure, Estimate> fit = new EnumMap<>(FitFigure.class);
    for (FitFigure part : FitFigure.values()) {
      Bootstrap.of(conversations, part.figure(), replicates, seed + 100)
          .ifPresent(estimate -> fit.put(part, estimate));
    }
    List<Sample> usable = conversations.stream().flatMap(List::stream).toList();
    return new TierReport(
        tier,
        samples.size(),
        failed,
        cutOff,
        spreads,
        firstTokenBySize(conversations),
        fit,
        (int) usable.stream().filter(s -> isServedDifferently(tier, s.call())).count(),
        conversations);
  }

  private static String word(Sample sample) {
    String end = sample.cutOff() ? "too_long" : sample.call().answer().end().word();
    int status = sample.call().answer().status();
    return status >= 400 ? end + "_" + status : end;
  }

  /** Of first calls alone, whose prompts no cache knows. */
  private static Map<Integer, Double> firstTokenBySize(List<List<Sample>> conversations) {
    Map<Integer, List<Double>> bySize =
        conversations.stream()
            .map(held -> held.get(0))
            .filter(sample -> CallFigure.FIRST_TOKEN.of(sample.call()).isPresent())
            .collect(
                Collectors.groupingBy(
                    sample -> sample.step().prompt(),
                    TreeMap::new,
                    Collectors.mapping(
                        sample -> CallFigure.FIRST_TOKEN.of(sample.call()).getAsDouble(),
                        Collectors.toList())));
    Map<Integer, Double> medians = new TreeMap<>();
    bySize.forEach(
        (size, values) ->
            medians.put(
                size, Quantile.median(values.stream().mapToDouble(Double::doubleValue).toArray())));
    return medians;
  }

  private static boolean isServedDifferently(ProbedTier tier, CallRecord call) {
    Optional<String> asked = tier.serving().serviceTier();
    String served = call.answer().tier();
    // A provider calls what was asked for as `fast` by its other name.
    boolean same =
        asked.isEmpty()
            || served == null
            || asked.get().equals("auto")
            || served.equals(asked.get())
            || (asked.get().equals("fast") && served.equals("priority"));
    Optional<String> speed = tier.serving().speed();
    return !same
        || (speed.isPresent()
            && call.answer().speed() != null
            && !Objects.equals(speed.get(), call.answer().speed()));
  }

  int failures() {
    return failed.values().stream().mapToInt(Integer::intValue).sum();
  }
}
