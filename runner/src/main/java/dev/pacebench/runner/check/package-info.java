/**
 * Checks tasks by running them: the reference solution has to pass and doing nothing has to fail,
 * again and again.
 *
 * <p>Knows what is to be run and what it says of a task; who asks supplies the engine.
 */
@NullMarked
package dev.pacebench.runner.check;

import org.jspecify.annotations.NullMarked;
