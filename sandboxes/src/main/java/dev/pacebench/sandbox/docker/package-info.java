/**
 * Sandboxes as containers of a Docker engine: images, relays, commands, copies, the reaper.
 *
 * <p>Everything that it makes carries labels that name its owner, so that whatever a killed process
 * leaves behind can be told from what a live one uses.
 */
@NullMarked
package dev.pacebench.sandbox.docker;

import org.jspecify.annotations.NullMarked;
