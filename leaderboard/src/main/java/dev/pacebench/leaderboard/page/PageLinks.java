package dev.pacebench.leaderboard.page;

import java.util.Optional;

/** Where the page of a trial lies. */
public interface PageLinks {

  /** For a page that stands alone. */
  PageLinks NONE = (run, taskSet, task, contender, attempt) -> Optional.empty();

  /**
   * The address of a trial's page, relative to the board's own.
   *
   * @param contender its display name, as the lineup has it
   * @param attempt from 1
   * @return empty when there is no such page
   */
  Optional<String> trial(String run, String taskSet, String task, String contender, int attempt);
}
