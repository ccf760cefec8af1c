package dev.pacebench.runner.trial;

import dev.pacebench.runner.home.Ticker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calendar times of a try's phases, for people and for Harbor's files.
 *
 * <p>Anchored once; everything later is the anchor plus monotonic time, so that a clock step never
 * shows. No duration is ever computed from these.
 */
final class Phases {

  private final Ticker ticker;
  private final Instant anchor;
  private final long origin;
  private final Map<String, Map<String, String>> phases = new LinkedHashMap<>();

  Phases(Ticker ticker, Instant anchor) {
    this.ticker = ticker;
    this.anchor = anchor;
    this.origin = ticker.nanos();
  }

  Instant anchor() {
    return anchor;
  }

  void start(String name) {
    phases.computeIfAbsent(name, key -> new LinkedHashMap<>()).put("started_at", now());
  }

  void finish(String name) {
    phases.computeIfAbsent(name, key -> new LinkedHashMap<>()).put("finished_at", now());
  }

  Map<String, Map<String, String>> asMap() {
    return phases;
  }

  private String now() {
    return anchor.plusNanos(ticker.nanos() - origin).toString();
  }
}
