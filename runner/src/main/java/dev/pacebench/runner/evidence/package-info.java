/**
 * The folder that each try leaves; its rename is the commit of a result.
 *
 * <p>Depends on plan, lineup and home.
 */
@NullMarked
package dev.pacebench.runner.evidence;

import org.jspecify.annotations.NullMarked;
