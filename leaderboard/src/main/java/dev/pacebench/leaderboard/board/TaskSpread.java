package dev.pacebench.leaderboard.board;

import java.util.OptionalDouble;

/**
 * How tasks differ, and attempts at one task.
 *
 * @param flakyShare tasks that were solved sometimes, not always, / tasks with at least two
 *     attempts
 * @param disagreement chance that two attempts at one task come out differently
 * @param icc share of the variance that lies between tasks (analysis of variance)
 * @param always tasks that every attempt solved
 * @param never tasks that no attempt solved
 */
public record TaskSpread(
    OptionalDouble flakyShare,
    OptionalDouble disagreement,
    OptionalDouble icc,
    int always,
    int never) {}
