/**
 * What two contenders' trials at the same tasks say about each other; pure functions of samples.
 */
@NullMarked
package dev.pacebench.leaderboard.pairs;

import org.jspecify.annotations.NullMarked;
