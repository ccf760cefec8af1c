/**
 * Commands: each a thin class over the other packages.
 *
 * <p>May depend on every other package; nothing depends on it.
 */
@NullMarked
package dev.pacebench.runner.cli;

import org.jspecify.annotations.NullMarked;
