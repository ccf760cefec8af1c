/**
 * Runs commands through one small program inside a sandbox, and what every way of running them
 * shares: environment, kept output, ends.
 */
@NullMarked
package dev.pacebench.sandbox.dispatch;

import org.jspecify.annotations.NullMarked;
