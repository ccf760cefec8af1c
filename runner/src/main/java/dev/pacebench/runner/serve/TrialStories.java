package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.trial.TrialStory;
import dev.pacebench.runner.home.Home;

/** Reads what the evidence of a trial tells. */
public final class TrialStories {

  private TrialStories() {}

  /** The story of a trial that has its result, for a page that stands beside others as a file. */
  public static TrialStory of(Home home, TrialRecord record) {
    throw new UnsupportedOperationException(
        "not there yet: " + home.relative(home.root()) + record.task());
  }
}
