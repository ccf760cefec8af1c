/**
 * Finds the task set that a name or path stands for.
 *
 * <p>Depends on all other packages of the module; nothing in the module depends on it.
 */
@NullMarked
package dev.pacebench.tasks.sets;

import org.jspecify.annotations.NullMarked;
