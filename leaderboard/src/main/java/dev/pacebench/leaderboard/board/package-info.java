/**
 * What is computed for a table or a page: contenders by task set and group, nothing rounded.
 *
 * <p>Knows records and statistics; knows nothing of how figures are shown.
 */
@NullMarked
package dev.pacebench.leaderboard.board;

import org.jspecify.annotations.NullMarked;
