/**
 * From a lineup and task sets to an ordered list of trials.
 *
 * <p>Depends on lineup and home.
 */
@NullMarked
package dev.pacebench.runner.plan;

import org.jspecify.annotations.NullMarked;
