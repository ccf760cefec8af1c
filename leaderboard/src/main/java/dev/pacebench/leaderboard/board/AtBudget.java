package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Interval;
import java.util.Optional;

/**
 * A row at a time budget.
 *
 * @param seconds the grid's budget that was used: the largest that is not above the one asked for
 * @param accuracy solved within it / trials that were not lost
 * @param band 95 %, absent below ten tasks
 * @param ranks absent below ten tasks
 */
public record AtBudget(
    double seconds, double accuracy, Optional<Interval> band, Optional<RankInterval> ranks) {}
