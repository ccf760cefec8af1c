/** Keeps what was said in a trial's calls, and plays it back. */
@NullMarked
package dev.pacebench.runner.gateway.record;

import org.jspecify.annotations.NullMarked;
