package dev.pacebench.leaderboard.board;

import java.util.OptionalDouble;

/**
 * Seconds of the agent phase over trials that were not lost; quantiles are of type 7.
 *
 * @param medianSolved of solved trials
 * @param p90Solved of solved trials
 * @param meanSolved of solved trials
 * @param medianAll of all trials
 * @param p90All of all trials
 * @param meanAll of all trials
 * @param p25Solved of solved trials
 * @param p75Solved of solved trials
 * @param unknown trials whose time is absent or cannot be true; they are in none of the above
 */
public record Times(
    OptionalDouble medianSolved,
    OptionalDouble p90Solved,
    OptionalDouble meanSolved,
    OptionalDouble medianAll,
    OptionalDouble p90All,
    OptionalDouble meanAll,
    OptionalDouble p25Solved,
    OptionalDouble p75Solved,
    int unknown) {}
