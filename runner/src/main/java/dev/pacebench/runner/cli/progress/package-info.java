/**
 * What people see while a run goes on.
 *
 * <p>Depends on batch, timeline, plan and the leaderboard's records; only the commands use it.
 */
@NullMarked
package dev.pacebench.runner.cli.progress;

import org.jspecify.annotations.NullMarked;
