package dev.pacebench.leaderboard.chart;

/**
 * Colours by what they are for, the same as the page's; each stands out from the paper it is on, in
 * light and in dark: series by at least 3:1, letters by at least 4.5:1.
 */
enum Ink {
  INK("--ink", "#1a1f26", "#e7eaee"),
  SOFT("--ink-soft", "#555e69", "#a5afba"),
  RULE("--rule", "#d9dee4", "#2d3742"),
  PAPER("--paper", "#ffffff", "#10151b"),
  ACCENT("--accent", "#0a5bab", "#74b6ff"),
  WARN("--warn", "#864a00", "#f2b45f"),
  SERIES_1("--series-1", "#3276e0", "#59a6fc"),
  SERIES_2("--series-2", "#9f3b1f", "#ec6526"),
  SERIES_3("--series-3", "#378f79", "#84d998"),
  SERIES_4("--series-4", "#6e0a5e", "#df4a99"),
  SERIES_5("--series-5", "#a08200", "#fce066"),
  SERIES_6("--series-6", "#2a85b5", "#78d5f9"),
  SERIES_7("--series-7", "#2b2927", "#d8e0df"),
  SERIES_8("--series-8", "#52268e", "#8a5cf0");

  private static final int SERIES = 8;

  final String variable;
  final String light;
  final String dark;

  Ink(String variable, String light, String dark) {
    this.variable = variable;
    this.light = light;
    this.dark = dark;
  }

  /** The colour of a series; beyond the eighth they come again, with other symbols and dashes. */
  static Ink series(int index) {
    return values()[SERIES_1.ordinal() + index % SERIES];
  }

  /** Short and unique, for names of classes. */
  String code() {
    return Integer.toString(ordinal());
  }
}
