/**
 * What competes: lineup files and their contenders.
 *
 * <p>Depends on home alone.
 */
@NullMarked
package dev.pacebench.runner.lineup;

import org.jspecify.annotations.NullMarked;
