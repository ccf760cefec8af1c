/**
 * What works on a task during the agent phase.
 *
 * <p>Depends on plan, lineup and home.
 */
@NullMarked
package dev.pacebench.runner.agent;

import org.jspecify.annotations.NullMarked;
