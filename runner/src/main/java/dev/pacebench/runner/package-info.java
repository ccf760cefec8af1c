/** Composes tasks, sandboxes and the leaderboard; holds the errors that end a command. */
@NullMarked
package dev.pacebench.runner;

import org.jspecify.annotations.NullMarked;
