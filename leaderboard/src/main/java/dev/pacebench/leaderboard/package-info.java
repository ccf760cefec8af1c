/**
 * Records of trials, figures computed from them, and the tables that show them.
 *
 * <p>Knows nothing of tasks' files, sandboxes or the runner; depends on the JDK, Jackson 3 and
 * commons-statistics.
 */
@NullMarked
package dev.pacebench.leaderboard;

import org.jspecify.annotations.NullMarked;
