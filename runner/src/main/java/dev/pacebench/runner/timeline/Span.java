package dev.pacebench.runner.timeline;

import static java.util.Objects.requireNonNull;

/** A stretch of time in which something was going on; stretches may overlap. */
public record Span(TrialState state, long from, long to) {
  public Span {
    requireNonNull(state, "state is null");
    if (to < from) {
      throw new IllegalArgumentException("a span ends before it begins");
    }
  }
}
