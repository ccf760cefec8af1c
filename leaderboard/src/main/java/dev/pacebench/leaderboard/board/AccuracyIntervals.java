package dev.pacebench.leaderboard.board;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.Interval;
import java.util.Optional;

/**
 * The accuracy's 95 % intervals; all are absent below ten tasks or clusters.
 *
 * @param headline t over clusters, or Wilson's over clusters where all came out alike
 * @param wilson of the effective number of trials
 * @param jeffreys of the effective number of trials
 * @param clopperPearson of the effective number of trials
 * @param effectiveTrials independent trials that would be as sure of the accuracy as these are; NaN
 *     where nothing was measured
 * @param clusters how many groups of trials were taken as independent of each other
 * @param clusteredBy {@code repository} where at least ten are shared by tasks, else {@code task}
 */
public record AccuracyIntervals(
    Optional<Interval> headline,
    Optional<Interval> wilson,
    Optional<Interval> jeffreys,
    Optional<Interval> clopperPearson,
    double effectiveTrials,
    int clusters,
    String clusteredBy) {

  public AccuracyIntervals {
    requireNonNull(headline, "headline is null");
    requireNonNull(clusteredBy, "clusteredBy is null");
  }
}
