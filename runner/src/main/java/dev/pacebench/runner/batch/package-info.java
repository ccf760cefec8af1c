/**
 * The Jakarta Batch job that runs a plan to its end, restartably.
 *
 * <p>Depends on trial, store, evidence, plan, lineup and home.
 */
@NullMarked
package dev.pacebench.runner.batch;

import org.jspecify.annotations.NullMarked;
