/**
 * The folder that holds everything a Pacebench user keeps, and the lock of its one runner.
 *
 * <p>Depends on no other package of the runner.
 */
@NullMarked
package dev.pacebench.runner.home;

import org.jspecify.annotations.NullMarked;
