package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.PageLinks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where trials have their pages, noted while a board reads their results. */
final class TrialPlaces {

  private record Trial(String run, String set, String task, String contender, int attempt) {}

  private final Map<Trial, String> places = new HashMap<>();

  void note(TrialRecord result, String place) {
    places.put(
        new Trial(
            result.run(), result.taskSet(), result.task(), result.contender(), result.attempt()),
        place);
  }

  int size() {
    return places.size();
  }

  /**
   * Links to those that were noted by the time they are asked for.
   *
   * @param address of a place
   */
  PageLinks links(UnaryOperator<String> address) {
    return (run, set, task, contender, attempt) ->
        Optional.ofNullable(places.get(new Trial(run, set, task, contender, attempt))).map(address);
  }
}
