package dev.pacebench.runner.speed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tier did under calls that came at their own times.
 *
 * @param perSecond calls that were wanted in a second
 * @param seconds for how long
 * @param wanted calls that were due
 * @param answered calls that were answered
 * @param failed calls that were refused or broke off
 * @param unfinished calls that were given up; their times are longer than all that was waited
 * @param notSent calls that found no place among those under way
 * @param latency seconds from the instant a call was due to the end of its answer
 * @param queue seconds from the instant a call was due until it was sent
 * @param firstToken seconds from the instant a call was due to its first token
 * @param outputPerSecond output tokens of all answers in a second
 */
public record LoadReport(
    ProbedTier tier,
    double perSecond,
    double seconds,
    int wanted,
    int answered,
    int failed,
    int unfinished,
    int notSent,
    List<Quantile> latency,
    List<Quantile> queue,
    List<Quantile> firstToken,
    double outputPerSecond) {

  public LoadReport {
    latency = List.copyOf(latency);
    queue = List.copyOf(queue);
    firstToken = List.copyOf(firstToken);
  }

  /**
   * One call.
   *
   * @param due instant at which it should have begun
   * @param sample its record; absent when it was never sent
   */
  record Arrival(long due, Optional<Sample> sample) {}

  static LoadReport of(
      ProbedTier tier, double perSecond, double seconds, List<Arrival> arrivals, int notSent) {
    List<Arrival> answered =
        arrivals.stream()
            .filter(arrival -> arrival.sample().filter(Sample::usable).isPresent())
            .collect(Collectors.toList());
    int unfinished =
        (int)
            arrivals.stream()
                .filter(arrival -> arrival.sample().filter(s -> !s.censored()).isEmpty())
                .count();
    return new LoadReport(
        tier,
        perSecond,
        seconds,
        arrivals.size() + notSent,
        answered.size(),
        arrivals.size() - answered.size() - unfinished,
        unfinished,
        notSent,
        quantiles(answered, sample -> sample.call().times().terminal()),
        quantiles(answered, sample -> sample.call().times().send()),
        quantiles(answered, sample -> sample.call().times().first()),
        tokensPerSecond(answered));
  }

  private interface Instant {
    @Nullable Long of(Sample sample);
  }

  private static List<Quantile> quantiles(List<Arrival> arrivals, Instant instant) {
    double[] values =
        arrivals.stream()
            .filter(arrival -> instant.of(arrival.sample().orElseThrow()) != null)
            .mapToDouble(arrival -> since(arrival, instant))
            .toArray();
    return values.length == 0
        ? List.of()
        : List.of(Quantile.of(values, 0.5), Quantile.of(values, 0.9), Quantile.of(values, 0.99));
  }

  private static double since(Arrival arrival, Instant instant) {
    Long at = instant.of(arrival.sample().orElseThrow());
    return at == null ? 0 : (at - arrival.due()) / 1e9;
  }

  private static double tokensPerSecond(List<Arrival> answered) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long tokens = 0;
    for (Arrival arrival : answered) {
      Sample sample = arrival.sample().orElseThrow();
      var usage = sample.call().answer().usage();
      tokens += usage == null ? 0 : usage.output();
      first = Math.min(first, arrival.due());
      last = Math.max(last, sample.call().times().end());
    }
    return answered.isEmpty() || last <= first ? 0 : tokens * 1e9 / (last - first);
  }
}
