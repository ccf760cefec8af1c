package dev.pacebench.leaderboard.page.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list of runs, and what its own page says.
 *
 * @param id of the run
 * @param state as one word
 * @param createdAt an instant in ISO form
 * @param href its page; absent on that page itself
 * @param board the board over it alone
 * @param facts what was asked for, by name
 */
public record RunStory(
    String id,
    String state,
    String createdAt,
    String taskSets,
    String lineup,
    int planned,
    int done,
    int solved,
    int lost,
    @Nullable String href,
    String board,
    SortedMap<String, String> facts) {

  public RunStory {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(createdAt, "createdAt is null");
    facts = new TreeMap<>(facts);
  }

  /** A trial in the list of a run. */
  public record TrialLine(
      Link link,
      String task,
      String contender,
      int attempt,
      String state,
      @Nullable Double agentSeconds,
      int tries,
      List<String> flags) {

    public TrialLine {
      requireNonNull(link, "link is null");
      flags = List.copyOf(flags);
    }
  }
}
