package dev.pacebench.leaderboard.chart;

import dev.pacebench.leaderboard.board.BoardSection;

/** Shows accuracy against the median time of solved trials. */
public final class TradeoffChart {

  private TradeoffChart() {}

  /** One task set, or one group of it. */
  public static String svg(BoardSection section, SvgStyle style) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  }
}
