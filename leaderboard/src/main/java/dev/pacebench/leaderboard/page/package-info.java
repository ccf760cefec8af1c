/**
 * The page: one HTML file that shows a board, with all of its figures as data inside.
 *
 * <p>Knows boards, pairs, tables' rounding and charts; knows nothing of where trials are stored.
 */
@NullMarked
package dev.pacebench.leaderboard.page;

import org.jspecify.annotations.NullMarked;
