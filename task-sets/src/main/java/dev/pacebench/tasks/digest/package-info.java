/**
 * Computes the digests that identify tasks and task sets.
 *
 * <p>Depends on the task model, the safe walk and Jackson's tree nodes.
 */
@NullMarked
package dev.pacebench.tasks.digest;

import org.jspecify.annotations.NullMarked;
