/**
 * Reads, checks and ships tasks.
 *
 * <p>Knows nothing of sandboxes, models or results; depends on the JDK and Jackson 3 alone.
 */
@NullMarked
package dev.pacebench.tasks;

import org.jspecify.annotations.NullMarked;
