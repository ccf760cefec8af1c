/**
 * Task folders of Terminal-Bench 1, and what their tests print; depends on everything but the other
 * formats' own words.
 */
@NullMarked
package dev.pacebench.tasks.terminalbench;

import org.jspecify.annotations.NullMarked;
