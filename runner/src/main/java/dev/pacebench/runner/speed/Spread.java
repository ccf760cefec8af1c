package dev.pacebench.runner.speed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a figure is spread over a tier's calls.
 *
 * @param count calls that have it
 * @param median with its interval, where there is one
 * @param quantiles 50, 90 and 99 of 100
 */
record Spread(int count, Optional<Estimate> median, List<Quantile> quantiles) {

  private static final double[] SHOWN = {0.5, 0.9, 0.99};

  Spread {
    quantiles = List.copyOf(quantiles);
  }

  /** The spread over conversations; nothing when no call has the figure. */
  static Optional<Spread> of(
      List<List<Sample>> conversations, CallFigure figure, int replicates, long seed) {
    double[] values = values(conversations.stream().flatMap(List::stream).toList(), figure);
    if (values.length == 0) {
      return Optional.empty();
    }
    List<Quantile> quantiles = Arrays.stream(SHOWN).mapToObj(q -> Quantile.of(values, q)).toList();
    return Optional.of(
        new Spread(
            values.length,
            Bootstrap.of(having(conversations, figure), median(figure), replicates, seed),
            quantiles));
  }

  double p(int place) {
    return quantiles.get(place).value();
  }

  /** The median of a figure. */
  static Bootstrap.Figure<Sample> median(CallFigure figure) {
    return samples -> {
      double[] values = values(samples, figure);
      return values.length == 0 ? Optional.empty() : Optional.of(Quantile.median(values));
    };
  }

  /** Conversations that have the figure at all, such as those on a new connection. */
  static List<List<Sample>> having(List<List<Sample>> conversations, CallFigure figure) {
    return conversations.stream().filter(held -> values(held, figure).length > 0).toList();
  }

  private static double[] values(List<Sample> samples, CallFigure figure) {
    return samples.stream()
        .map(sample -> figure.of(sample.call()))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
