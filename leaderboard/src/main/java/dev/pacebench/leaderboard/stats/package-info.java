/** Statistics as pure functions of samples; knows nothing of records, tables or files. */
@NullMarked
package dev.pacebench.leaderboard.stats;

import org.jspecify.annotations.NullMarked;
