package dev.pacebench.runner.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** A probing's figures as tables for people; the one place that rounds them. */
public final class SpeedText {

  private static final String ABSENT = "–";

  /**
   * A table.
   *
   * @param rows the heading first
   */
  public record Table(List<List<String>> rows) {
    public Table {
      rows = List.copyOf(rows);
    }
  }

  private SpeedText() {}

  /** Times, pace and comparisons; the others are compared with the tier at {@code against}. */
  public static List<Table> tables(SpeedReport report, int against) {
    List<Table> tables = new ArrayList<>();
    tables.add(times(report));
    tables.add(pace(report));
    if (report.tiers().size() > 1) {
      tables.add(comparisons(report.comparisons(against)));
    }
    return tables;
  }

  private static Table times(SpeedReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "times in ms",
            "transport",
            "calls",
            "failed",
            "connect",
            "accepted",
            "first token",
            "95 %",
            "p90",
            "p99",
            "first answer",
            "whole call",
            "p90"));
    for (TierReport tier : report.tiers()) {
      Optional<Spread> first = spread(tier, CallFigure.FIRST_TOKEN);
      rows.add(
          List.of(
              label(tier.tier()),
              tier.tier().serving().transport(),
              String.valueOf(tier.attempts()),
              String.valueOf(tier.failures()),
              middle(tier, CallFigure.CONNECT),
              middle(tier, CallFigure.ACCEPTED),
              middle(tier, CallFigure.FIRST_TOKEN),
              first.flatMap(Spread::median).map(e -> range(e, SpeedText::millis)).orElse(ABSENT),
              quantile(first, 1),
              quantile(first, 2),
              middle(tier, CallFigure.FIRST_ANSWER),
              middle(tier, CallFigure.WHOLE),
              quantile(spread(tier, CallFigure.WHOLE), 1)));
    }
    return new Table(rows);
  }

  private static Table pace(SpeedReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "pace",
            "tokens/s",
            "95 %",
            "effective",
            "overhead ms",
            "95 %",
            "ms per output token",
            "95 %",
            "ms per 1000 input"));
    for (TierReport tier : report.tiers()) {
      Optional<Spread> decode = spread(tier, CallFigure.DECODE);
      rows.add(
          List.of(
              label(tier.tier()),
              decode.map(s -> number(s.p(0), 1)).orElse(ABSENT),
              decode
                  .flatMap(Spread::median)
                  .map(e -> range(e, value -> number(value, 1)))
                  .orElse(ABSENT),
              spread(tier, CallFigure.EFFECTIVE).map(s -> number(s.p(0), 1)).orElse(ABSENT),
              part(tier, FitFigure.OVERHEAD, SpeedText::millis),
              partRange(tier, FitFigure.OVERHEAD, SpeedText::millis),
              part(tier, FitFigure.PER_OUTPUT, value -> number(value * 1e3, 2)),
              partRange(tier, FitFigure.PER_OUTPUT, value -> number(value * 1e3, 2)),
              part(tier, FitFigure.PER_INPUT, value -> number(value * 1e6, 1))));
    }
    return new Table(rows);
  }

  private static Table comparisons(List<Comparison> comparisons) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("compared", "against", "figure", "ratio", "95 %", "claimed", "verdict"));
    for (Comparison comparison : comparisons) {
      Optional<Estimate> ratio = comparison.ratio();
      rows.add(
          List.of(
              comparison.tier(),
              comparison.against(),
              words(comparison.figure()),
              ratio.map(e -> number(e.value(), 2)).orElse(ABSENT),
              ratio.map(e -> range(e, value -> number(value, 2))).orElse("not decided"),
              comparison.claim().map(claim -> number(claim.ratio(), 2)).orElse(""),
              comparison.verdict().map(SpeedText::words).orElse("")));
    }
    return new Table(rows);
  }

  /** What load did to tiers. */
  public static Table load(List<LoadReport> reports) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "load, times in ms",
            "calls/s",
            "due",
            "answered",
            "failed",
            "unfinished",
            "not sent",
            "latency",
            "p90",
            "p99",
            "first token",
            "p99",
            "queue p99",
            "tokens/s"));
    for (LoadReport load : reports) {
      rows.add(
          List.of(
              label(load.tier()),
              number(load.perSecond(), 1),
              String.valueOf(load.wanted()),
              String.valueOf(load.answered()),
              String.valueOf(load.failed()),
              String.valueOf(load.unfinished()),
              String.valueOf(load.notSent()),
              quantile(load.latency(), 0),
              quantile(load.latency(), 1),
              quantile(load.latency(), 2),
              quantile(load.firstToken(), 0),
              quantile(load.firstToken(), 2),
              quantile(load.queue(), 2),
              number(load.outputPerSecond(), 1)));
    }
    return new Table(rows);
  }

  /** Sentences without which the tables would be misread. */
  public static List<String> notes(SpeedReport report) {
    List<String> notes = new ArrayList<>();
    ProbePlan plan = report.plan();
    notes.add(
        plural(plan.rounds())
            + "; prompts of "
            + list(plan.prompts())
            + " tokens, answers of at most "
            + list(plan.answers())
            + "; 95 % by "
            + Bootstrap.REPLICATES
            + " bootstrap draws of conversations");
    notes.add(
        "overhead: what a call costs whatever its tokens, by a robust fit; the wait for the first"
            + " token is in it");
    notes.add(
        "accepted: until the server answered at all; claimed: 1 less the saving that OpenAI"
            + " published for its WebSocket in February 2026");
    notes.add("the saving of overhead is held against both, since nobody said how it was measured");
    notes.add("* fewer than 5 calls lie beyond it");
    for (TierReport tier : report.tiers()) {
      if (!tier.failed().isEmpty()) {
        notes.add(label(tier.tier()) + ": failed " + counts(tier.failed()));
      }
      if (tier.servedDifferently() > 0) {
        notes.add(
            label(tier.tier())
                + ": "
                + tier.servedDifferently()
                + " calls were served by another tier than asked for");
      }
    }
    return notes;
  }

  private static String plural(int rounds) {
    return rounds == 1 ? "1 round" : rounds + " rounds";
  }

  private static String counts(Map<String, Integer> failed) {
    List<String> parts = new ArrayList<>();
    failed.forEach((word, count) -> parts.add(word + " " + count));
    return String.join(", ", parts);
  }

  private static String list(List<Integer> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }

  private static String label(ProbedTier tier) {
    return tier.simulated() ? tier.name() + " (simulated)" : tier.name();
  }

  private static Optional<Spread> spread(TierReport tier, CallFigure figure) {
    return Optional.ofNullable(tier.spreads().get(figure));
  }

  private static String middle(TierReport tier, CallFigure figure) {
    return spread(tier, figure).map(found -> millis(found.p(0))).orElse(ABSENT);
  }

  private static String quantile(Optional<Spread> spread, int place) {
    return spread.map(found -> quantile(found.quantiles(), place)).orElse(ABSENT);
  }

  private static String quantile(List<Quantile> quantiles, int place) {
    if (quantiles.isEmpty()) {
      return ABSENT;
    }
    Quantile quantile = quantiles.get(place);
    return millis(quantile.value()) + (quantile.enough() ? "" : "*");
  }

  private static String part(TierReport tier, FitFigure figure, DoubleFunction<String> shown) {
    return Optional.ofNullable(tier.fit().get(figure))
        .map(estimate -> shown.apply(estimate.value()))
        .orElse(ABSENT);
  }

  private static String partRange(TierReport tier, FitFigure figure, DoubleFunction<String> shown) {
    return Optional.ofNullable(tier.fit().get(figure))
        .map(estimate -> range(estimate, shown))
        .orElse(ABSENT);
  }

  private static String range(Estimate estimate, DoubleFunction<String> shown) {
    return shown.apply(estimate.lo()) + " to " + shown.apply(estimate.hi());
  }

  private static String millis(double seconds) {
    double millis = seconds * 1e3;
    return number(millis, Math.abs(millis) < 10 ? 2 : Math.abs(millis) < 100 ? 1 : 0);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String words(String figure) {
    return figure.replace("_token_seconds", " token").replace("_seconds", "").replace('_', ' ');
  }

  private static String words(Claim.Verdict verdict) {
    return switch (verdict) {
      case INSIDE -> "agrees";
      case MORE_SAVED -> "saves more";
      case LESS_SAVED -> "saves less";
    };
  }
}
