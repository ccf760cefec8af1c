package dev.pacebench.leaderboard.page;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a page says besides figures.
 *
 * @param version of Pacebench
 * @param runs that the trials are from, oldest first
 * @param links to the pages of trials
 */
public record PageRequest(String version, List<PageRun> runs, PageLinks links) {

  public PageRequest {
    requireNonNull(version, "version is null");
    requireNonNull(links, "links is null");
    runs = List.copyOf(runs);
  }
}
