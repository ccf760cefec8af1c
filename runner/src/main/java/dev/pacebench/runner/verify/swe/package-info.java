/**
 * Verification of tasks of changing a repository: takes the change from the agent's sandbox, and
 * lets tests judge it in a fresh one.
 *
 * <p>Depends on sandboxes, task-sets and home.
 */
@NullMarked
package dev.pacebench.runner.verify.swe;

import org.jspecify.annotations.NullMarked;
