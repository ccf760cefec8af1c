/**
 * Static charts of a board as SVG, drawn without any library: for a README, a pull request, print,
 * and the page where no script runs. The same board gives the same bytes.
 */
@NullMarked
package dev.pacebench.leaderboard.chart;

import org.jspecify.annotations.NullMarked;
