/**
 * Re-times recorded model calls as another tier would have served them; pure functions of seconds
 * and tokens. What comes of it is an estimate and must be shown as one.
 */
@NullMarked
package dev.pacebench.leaderboard.whatif;

import org.jspecify.annotations.NullMarked;
