package dev.pacebench.leaderboard.chart;

/** Where a chart will stand. */
public enum SvgStyle {
  /** A file of its own with light and dark colours, a title and a background. */
  STANDALONE,
  /** Inside the page, which gives colours as CSS variables and has a caption; no style attributes. */
  PAGE
}
