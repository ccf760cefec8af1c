/**
 * Tables whose rows are tasks or predictions: JSON lines, JSON, CSV, and the part of Parquet in
 * which they are published.
 *
 * <p>Depends on the model, files, Jackson and commons-compress.
 */
@NullMarked
package dev.pacebench.tasks.rows;

import org.jspecify.annotations.NullMarked;
