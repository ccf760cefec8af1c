package dev.pacebench.leaderboard.page;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a page says besides figures.
 *
 * @param version of Pacebench
 * @param runs that the trials are from, oldest first
 * @param links to the pages of trials
 * @param contenders what is known of them, by digest
 */
public record PageRequest(
    String version, List<PageRun> runs, PageLinks links, Map<String, PageContender> contenders) {

  public PageRequest {
    requireNonNull(version, "version is null");
    requireNonNull(links, "links is null");
    runs = List.copyOf(runs);
    contenders = Map.copyOf(contenders);
  }

  /** Without more than the names of contenders. */
  public PageRequest(String version, List<PageRun> runs, PageLinks links) {
    this(version, runs, links, Map.of());
  }

  Optional<PageRun> run(String id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }
}
