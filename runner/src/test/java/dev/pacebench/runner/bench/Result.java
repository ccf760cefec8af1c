package dev.pacebench.runner.bench;

import java.util.Locale;

/** One measured figure beside what it should be. */
record Result(String bench, String name, double value, String unit, String target, boolean holds) {

  String line() {
    return String.format(
        Locale.ROOT,
        "%-8s %-58s %12.4g %-8s %-10s %s",
        bench,
        name,
        value,
        unit,
        target,
        target.isEmpty() ? "" : holds ? "holds" : "DOES NOT HOLD");
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"%s\",\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"target\":\"%s\",\"holds\":%s}",
        bench,
        name,
        value,
        unit,
        target,
        holds);
  }

  static Result atMost(String bench, String name, double value, String unit, double limit) {
    return new Result(bench, name, value, unit, "<= " + limit, value <= limit);
  }

  static Result atLeast(String bench, String name, double value, String unit, double limit) {
    return new Result(bench, name, value, unit, ">= " + limit, value >= limit);
  }

  /** A figure without a target, for reading the others. */
  static Result note(String bench, String name, double value, String unit) {
    return new Result(bench, name, value, unit, "", true);
  }
}
