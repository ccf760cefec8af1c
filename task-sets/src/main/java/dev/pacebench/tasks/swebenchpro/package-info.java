/**
 * SWE-bench Pro: rows beside a folder of scripts.
 *
 * <p>Depends on the model, rows, digest and swe.
 */
@NullMarked
package dev.pacebench.tasks.swebenchpro;

import org.jspecify.annotations.NullMarked;
