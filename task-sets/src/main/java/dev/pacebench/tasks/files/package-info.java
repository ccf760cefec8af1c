/**
 * Walks a task's folder without ever following a link out of it.
 *
 * <p>Depends on the task model alone.
 */
@NullMarked
package dev.pacebench.tasks.files;

import org.jspecify.annotations.NullMarked;
