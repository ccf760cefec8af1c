package dev.pacebench.leaderboard.chart;

/**
 * Colours by what they are for; each stands out from the paper it is on, in light and in dark:
 * series by at least 3:1, letters by at least 4.5:1.
 */
enum Ink {
  INK("--ink", "#1a1d21", "#e8eaed"),
  SOFT("--ink-soft", "#565d66", "#a4acb6"),
  RULE("--rule", "#dde1e6", "#31373e"),
  PAPER("--paper", "#ffffff", "#14171a"),
  ACCENT("--accent", "#0b57a4", "#7db4f0"),
  WARN("--warn", "#8f4700", "#f0b35e"),
  SERIES_1("--series-1", "#0b62b5", "#5aa5f0"),
  SERIES_2("--series-2", "#c2500c", "#f08c4a"),
  SERIES_3("--series-3", "#0a7f63", "#3fbf9b"),
  SERIES_4("--series-4", "#8b3fb0", "#c48be6"),
  SERIES_5("--series-5", "#b3261e", "#f28b82"),
  SERIES_6("--series-6", "#77640a", "#d0b63c"),
  SERIES_7("--series-7", "#0c7c95", "#4fc3dc"),
  SERIES_8("--series-8", "#5b6470", "#a7b0bb");

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
