/**
 * Reads and checks task folders of the Harbor format, which Terminal-Bench 2 uses.
 *
 * <p>Depends on the task model, the safe walk and the digests.
 */
@NullMarked
package dev.pacebench.tasks.harbor;

import org.jspecify.annotations.NullMarked;
