package dev.pacebench.runner.speed;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.speed.LeastDeviations.Fit;
import dev.pacebench.runner.speed.LeastDeviations.Point;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all of a tier's calls say together: the parts of whole = overhead + input · per_input +
 * output · per_output.
 */
enum FitFigure {
  OVERHEAD,
  PER_INPUT,
  PER_OUTPUT;

  /** As JSON says it. */
  String word() {
    String unit = this == OVERHEAD ? "_seconds" : "_token_seconds";
    return name().toLowerCase(Locale.ROOT) + unit;
  }

  double of(Fit fit) {
    return switch (this) {
      case OVERHEAD -> fit.fixed();
      case PER_INPUT -> fit.perInput();
      case PER_OUTPUT -> fit.perOutput();
    };
  }

  /** This part of the fit over some calls. */
  Bootstrap.Figure<Sample> figure() {
    return samples -> fit(samples).map(this::of);
  }

  /** The fit over some calls. */
  static Optional<Fit> fit(List<Sample> samples) {
    List<Point> points =
        samples.stream().flatMap(s -> point(s).stream()).collect(Collectors.toList());
    return LeastDeviations.fit(points.toArray(Point[]::new));
  }

  private static Optional<Point> point(Sample sample) {
    CallUsage usage = sample.call().answer().usage();
    return usage == null
        ? Optional.empty()
        : CallFigure.WHOLE.of(sample.call()).stream()
            .mapToObj(
                whole ->
                    new Point(Math.max(0, usage.input() - usage.cached()), usage.output(), whole))
            .findFirst();
  }
}
