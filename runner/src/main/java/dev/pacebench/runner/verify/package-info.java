/**
 * From a finished agent phase to a verdict that cannot be forged cheaply.
 *
 * <p>Depends on plan, lineup and home.
 */
@NullMarked
package dev.pacebench.runner.verify;

import org.jspecify.annotations.NullMarked;
