/**
 * Unpacks task sets from archives that nobody vouches for.
 *
 * <p>Depends on the task model and commons-compress.
 */
@NullMarked
package dev.pacebench.tasks.archive;

import org.jspecify.annotations.NullMarked;
