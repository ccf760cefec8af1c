/**
 * Tables whose rows are tasks or predictions: JSON lines, JSON, CSV.
 *
 * <p>Depends on the model, files and Jackson.
 */
@NullMarked
package dev.pacebench.tasks.rows;

import org.jspecify.annotations.NullMarked;
