/** Tells what an agent did as an ATIF trajectory, from what was recorded of it. */
@NullMarked
package dev.pacebench.runner.trajectory;

import org.jspecify.annotations.NullMarked;
