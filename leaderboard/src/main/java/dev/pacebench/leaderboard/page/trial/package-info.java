/**
 * The page of one trial: what an agent did, when, and what was made of it.
 *
 * <p>Knows nothing of evidence or databases; whoever has read them tells them as a {@link
 * dev.pacebench.leaderboard.page.trial.TrialStory}.
 */
@NullMarked
package dev.pacebench.leaderboard.page.trial;

import org.jspecify.annotations.NullMarked;
