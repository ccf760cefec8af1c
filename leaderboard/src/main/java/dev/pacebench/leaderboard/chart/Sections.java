package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.table.Shown;
import java.util.List;

/** What a section is called and what it rests on, in words. */
final class Sections {

  private Sections() {}

  static String name(BoardSection section) {
    return Letters.shortName(section.taskSet())
        + section.group().map(group -> " · " + Letters.shortName(group)).orElse("");
  }

  static String size(BoardSection section) {
    List<Integer> trials =
        section.rows().stream().map(BoardRow::row).map(row -> row.trials()).distinct().toList();
    return Shown.plural(section.tasks(), "task")
        + ", "
        + Shown.plural(section.rows().size(), "contender")
        + (trials.size() == 1 ? ", " + Shown.plural(trials.get(0), "trial") + " each" : "");
  }
}
