/**
 * One clock and one state at a time, so that a try's parts add up to its wall-clock.
 *
 * <p>Depends on home alone.
 */
@NullMarked
package dev.pacebench.runner.timeline;

import org.jspecify.annotations.NullMarked;
