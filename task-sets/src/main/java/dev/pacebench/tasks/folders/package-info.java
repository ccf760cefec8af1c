/**
 * Reads sets that are folders of task folders, for every format that has them.
 *
 * <p>Depends on the task model, on how paths are shown and on digests.
 */
@NullMarked
package dev.pacebench.tasks.folders;

import org.jspecify.annotations.NullMarked;
