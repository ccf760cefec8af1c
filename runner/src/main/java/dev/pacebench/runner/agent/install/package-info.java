/**
 * Brings agents' programs to this machine, once per version.
 *
 * <p>Depends on agent.manifest and home.
 */
@NullMarked
package dev.pacebench.runner.agent.install;

import org.jspecify.annotations.NullMarked;
