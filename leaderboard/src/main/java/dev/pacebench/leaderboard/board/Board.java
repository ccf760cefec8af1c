package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.Entrants;
import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialFigure;
import dev.pacebench.leaderboard.TrialRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All figures of a table or a page, of one run or several; nothing is rounded.
 *
 * <p>The same trials give the same board, in whatever order they come.
 *
 * @param sections by task set, then group
 * @param grouping what divides task sets
 * @param runs what is known of the runs, in the order given
 * @param planned trials planned in all runs
 * @param done trials with a result
 * @param used trials that the figures rest on
 * @param replicates of the bootstrap
 * @param instrumentErrorMillis the largest that a trial carries
 */
public record Board(
    List<BoardSection> sections,
    Grouping grouping,
    List<RunFacts> runs,
    int planned,
    int done,
    int used,
    int replicates,
    OptionalDouble instrumentErrorMillis) {

  public Board {
    sections = List.copyOf(sections);
    runs = List.copyOf(runs);
  }

  /**
   * Computes a board.
   *
   * @param trials finished and planned ones of the runs
   * @param runs what is known of the runs
   */
  public static Board of(TrialColumns trials, List<RunFacts> runs, BoardOptions options) {
    return of(Entrants.of(trials), runs, options);
  }

  /** As {@link #of(TrialColumns, List, BoardOptions)}, of trials that were put together before. */
  public static Board of(Entrants entrants, List<RunFacts> runs, BoardOptions options) {
    Map<Place, List<Entrant>> places = new TreeMap<>();
    for (Map<String, Entrant> groups : groups(entrants, options.grouping())) {
      groups.forEach(
          (group, entrant) ->
              places
                  .computeIfAbsent(new Place(entrant.taskSet(), group), key -> new ArrayList<>())
                  .add(entrant));
    }
    List<BoardSection> sections = new ArrayList<>();
    places.forEach(
        (place, members) ->
            sections.add(
                Sections.of(
                    place.taskSet(),
                    Optional.of(place.group()).filter(g -> options.grouping() != Grouping.NONE),
                    members,
                    options)));
    return new Board(
        sections,
        options.grouping(),
        runs.stream().distinct().toList(),
        entrants.planned(),
        entrants.done(),
        entrants.used(),
        options.replicates(),
        instrumentError(entrants));
  }

  /** As {@link #of(TrialColumns, List, BoardOptions)}, of records at hand. */
  public static Board of(
      Collection<TrialRecord> results,
      Collection<PlannedCell> planned,
      List<RunFacts> runs,
      BoardOptions options) {
    TrialColumns columns = new TrialColumns();
    results.forEach(columns::add);
    planned.forEach(columns::plan);
    return of(columns, runs, options);
  }

  private record Place(String taskSet, String group) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return Comparator.comparing(Place::taskSet).thenComparing(Place::group).compare(this, other);
    }
  }

  private static List<Map<String, Entrant>> groups(Entrants entrants, Grouping grouping) {
    return switch (grouping) {
      case NONE -> entrants.all().stream().map(entrant -> Map.of("", entrant)).toList();
      case TASK -> entrants.byTask();
      case CATEGORY, DIFFICULTY, REPOSITORY -> entrants.byLabel(grouping.word());
    };
  }

  private static OptionalDouble instrumentError(Entrants entrants) {
    double largest = Double.NaN;
    for (Entrant entrant : entrants.all()) {
      for (int i = 0; i < entrant.trials(); i++) {
        double error = entrant.figure(TrialFigure.INSTRUMENT_ERROR, i);
        largest = largest >= error || Double.isNaN(error) ? largest : error;
      }
    }
    return Measured.present(largest);
  }

  /** Some planned trial has no result yet. */
  public boolean unfinished() {
    return done < planned;
  }

  /** The rows of all sections, in order. */
  public List<BoardRow> rows() {
    return sections.stream().flatMap(section -> section.rows().stream()).toList();
  }
}
