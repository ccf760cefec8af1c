/** Reads model protocols beside their forwarding; never sees a socket. */
@NullMarked
package dev.pacebench.runner.gateway.wire;

import org.jspecify.annotations.NullMarked;
