package dev.pacebench.leaderboard.chart;

/** Where a chart will stand. */
public enum SvgStyle {
  /**
   * A file of its own: a title, a background, light colours written at every mark, and dark ones
   * for those who prefer them.
   */
  STANDALONE,
  /**
   * Inside the page, which has colours as CSS variables and says in words what is shown. Nothing in
   * it needs a style attribute, which the page's policy forbids.
   */
  PAGE
}
