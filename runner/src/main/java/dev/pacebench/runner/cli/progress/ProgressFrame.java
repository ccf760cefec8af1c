package dev.pacebench.runner.cli.progress;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a run's progress as lines that fit a terminal's width. */
public final class ProgressFrame {

  private static final int CLOCK = 8;
  private static final int DOING = 14;
  private static final int WIDEST_NAME = 44;
  private static final int WIDEST_BAR = 24;

  private ProgressFrame() {}

  /**
   * The lines: totals first, then a line per busy slot.
   *
   * @param columns of the terminal; no line is as wide, so that none wraps
   */
  public static List<String> lines(Progress progress, int columns) {
    int width = Math.max(1, columns - 1);
    List<String> lines = new ArrayList<>();
    lines.add(SafeText.terminal(totals(progress, width), width));
    for (Progress.Slot slot : progress.slots()) {
      lines.add(SafeText.terminal(slot(slot, width), width));
    }
    return lines;
  }

  private static String totals(Progress progress, int width) {
    StringBuilder text = new StringBuilder();
    int bar = Math.min(WIDEST_BAR, width - 60);
    if (bar >= 8) {
      text.append(bar(progress, bar)).append(' ');
    }
    text.append(progress.done()).append('/').append(progress.total());
    int before = progress.done() - counted(progress.outcomes());
    text.append(before > 0 ? " (" + before + " before)" : "");
    String outcomes = outcomes(progress.outcomes());
    text.append(outcomes.isEmpty() ? "" : "  " + outcomes);
    text.append("  ").append(Durations.clock(progress.elapsed()));
    progress
        .left()
        .ifPresent(left -> text.append(", about ").append(Durations.clock(left)).append(" left"));
    return text.toString();
  }

  private static int counted(Map<Outcome, Integer> outcomes) {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String bar(Progress progress, int width) {
    int full =
        progress.total() == 0 ? 0 : (int) ((long) width * progress.done() / progress.total());
    return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }

  /** Counts as in {@code 3 solved, 1 failed}; empty before the first result. */
  static String outcomes(Map<Outcome, Integer> outcomes) {
    List<String> parts = new ArrayList<>();
    outcomes.forEach(
        (outcome, count) ->
            parts.add(count + " " + outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    return String.join(", ", parts);
  }

  private static String slot(Progress.Slot slot, int width) {
    String clock = Durations.clock(slot.elapsed());
    String names = slot.task() + "  " + slot.contender();
    if (slot.tryNumber() > 1) {
      names += " (try " + slot.tryNumber() + ")";
    }
    int room = Math.min(WIDEST_NAME, width - CLOCK - DOING - 4);
    if (room < 12) {
      return clock + " " + names;
    }
    String shown = SafeText.terminal(names, room);
    return "  "
        + padLeft(clock, CLOCK)
        + "  "
        + shown
        + " ".repeat(room - SafeText.width(shown))
        + " "
        + slot.doing();
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
