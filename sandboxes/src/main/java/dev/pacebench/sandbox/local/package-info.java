/**
 * Sandboxes for machines without an engine, made of user namespaces and the host's own programs.
 */
@NullMarked
package dev.pacebench.sandbox.local;

import org.jspecify.annotations.NullMarked;
