/**
 * The database: runs, trials, claims and results.
 *
 * <p>Depends on plan, lineup and home.
 */
@NullMarked
package dev.pacebench.runner.store;

import org.jspecify.annotations.NullMarked;
