package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrants;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.table.Budgets;
import java.util.List;

/**
 * All figures of a page, computed once: the page's script looks up and counts, nothing more.
 *
 * <p>The same trials give the same bytes, in whatever order they come.
 */
public final class PageData {

  /** On the grid of tables, so that both say the same of every budget. */
  private static final BoardOptions OPTIONS =
      new BoardOptions(Grouping.NONE, BoardOptions.PAGE.replicates(), Budgets.round());

  private final Board board;
  private final PageRequest request;
  private final byte[] json;

  private PageData(Board board, PageRequest request, byte[] json) {
    this.board = board;
    this.request = request;
    this.json = json;
  }

  /**
   * Computes the figures.
   *
   * @param trials finished and planned ones of the runs
   * @param runs what is known of the runs
   */
  public static PageData of(TrialColumns trials, List<RunFacts> runs, PageRequest request) {
    return of(trials, runs, request, OPTIONS);
  }

  static PageData of(
      TrialColumns trials, List<RunFacts> runs, PageRequest request, BoardOptions options) {
    Entrants entrants = Entrants.of(trials);
    Board board = Board.of(entrants, runs, options);
    List<PageSection> sections =
        board.sections().stream()
            .map(section -> PageSection.of(section, entrants.all(), board.replicates()))
            .toList();
    return new PageData(board, request, PageJson.of(board, request, sections, entrants.all()));
  }

  /** What static tables and charts show. */
  public Board board() {
    return board;
  }

  /** What the page says besides figures. */
  PageRequest request() {
    return request;
  }

  /** One JSON document in ASCII, in which nothing can end or open an HTML element. */
  public byte[] json() {
    return json.clone();
  }
}
