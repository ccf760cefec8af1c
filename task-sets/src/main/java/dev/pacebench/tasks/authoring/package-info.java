/**
 * Helps people who write tasks: templates, and what can be said of a task without running it.
 *
 * <p>Depends on the task model, its files and, for reading one task at a time, the sets.
 */
@NullMarked
package dev.pacebench.tasks.authoring;

import org.jspecify.annotations.NullMarked;
