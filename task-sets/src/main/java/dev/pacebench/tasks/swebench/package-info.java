/**
 * The SWE-bench family: rows of Lite, Verified and their kin, old and new, what their scripts
 * print, and files of predictions.
 *
 * <p>Depends on the model, rows, digest and swe.
 */
@NullMarked
package dev.pacebench.tasks.swebench;

import org.jspecify.annotations.NullMarked;
