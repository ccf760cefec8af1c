package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.ResultTable;
import dev.pacebench.leaderboard.TableRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in one sentence what a comparison of a fast and an accurate contender comes to. */
final class Tradeoff {

  private Tradeoff() {}

  /** Nothing when fewer than two contenders solved anything. */
  static Optional<String> sentence(ResultTable table) {
    List<TableRow> rows =
        table.rows().stream()
            .filter(row -> row.medianSeconds().isPresent() && row.accuracy().isPresent())
            .toList();
    if (rows.size() < 2) {
      return Optional.empty();
    }
    TableRow fast =
        rows.stream()
            .min(Comparator.comparingDouble(row -> row.medianSeconds().getAsDouble()))
            .orElseThrow();
    TableRow best =
        rows.stream()
            .max(Comparator.comparingDouble(row -> row.accuracy().getAsDouble()))
            .orElseThrow();
    if (fast.equals(best)) {
      return Optional.of(
          Cli.safe(best.name(), 40) + " was both the fastest and the most accurate.");
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s solved %.0f %% with a median of %.1f s; %s solved %.0f %% with %.1f s.",
            Cli.safe(fast.name(), 40),
            100 * fast.accuracy().getAsDouble(),
            fast.medianSeconds().getAsDouble(),
            Cli.safe(best.name(), 40),
            100 * best.accuracy().getAsDouble(),
            best.medianSeconds().getAsDouble()));
  }
}
