package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardSection;

/** Shows accuracy within every time budget. */
public final class CurvesChart {

  private CurvesChart() {}

  /** One task set, or one group of it. */
  public static String svg(BoardSection section, SvgStyle style) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  }
}
