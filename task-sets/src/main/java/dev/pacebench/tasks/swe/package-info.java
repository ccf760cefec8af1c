/**
 * Our own plain format for tasks of changing a repository, and what all such tasks share: who reads
 * the tests' output and how it is graded.
 *
 * <p>Depends on the model, files, digest and on how harbor reads TOML.
 */
@NullMarked
package dev.pacebench.tasks.swe;

import org.jspecify.annotations.NullMarked;
