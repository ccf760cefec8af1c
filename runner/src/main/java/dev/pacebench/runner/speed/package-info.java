/** Measures tiers without tasks. */
@NullMarked
package dev.pacebench.runner.speed;

import org.jspecify.annotations.NullMarked;
