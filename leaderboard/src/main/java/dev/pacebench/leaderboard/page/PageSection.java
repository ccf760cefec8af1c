package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.board.BoardSection;
import java.util.List;

/**
 * A section of the board with what a page knows beyond it.
 *
 * @param entrants the trials behind each row, in the rows' order
 */
record PageSection(
    BoardSection section,
    List<Entrant> entrants,
    TaskCells cells,
    WithinTimes within,
    SectionPairs pairs) {

  PageSection {
    entrants = List.copyOf(entrants);
  }

  static PageSection of(BoardSection section, List<Entrant> all, int replicates) {
    List<Entrant> entrants =
        section.rows().stream()
            .map(
                row ->
                    all.stream()
                        .filter(it -> it.taskSet().equals(section.taskSet()))
                        .filter(it -> it.name().equals(row.name()))
                        .findFirst()
                        .orElseThrow())
            .toList();
    TaskCells cells = new TaskCells(entrants);
    return new PageSection(
        section,
        entrants,
        cells,
        new WithinTimes(section, entrants),
        SectionPairs.of(section, entrants, cells, replicates));
  }
}
