package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.table.Column;
import dev.pacebench.leaderboard.table.TableFormat;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what {@code table} is asked for; every error names what there is. */
final class TableWords {

  private TableWords() {}

  static TableFormat format(@Nullable String typed, boolean json) {
    String word = typed == null ? (json ? "json" : "text") : typed;
    TableFormat form =
        TableFormat.ofWord(word)
            .orElseThrow(
                () ->
                    new UserError(
                        "--format " + Cli.safe(word, 40),
                        "there is no such form",
                        "use one of: "
                            + Arrays.stream(TableFormat.values())
                                .map(TableFormat::word)
                                .collect(Collectors.joining(", "))));
    if (json && form != TableFormat.JSON) {
      throw new UserError("--format " + word, "contradicts --json", "give one of the two");
    }
    return form;
  }

  static Grouping grouping(String typed) {
    List<String> words = Arrays.stream(Grouping.values()).map(Grouping::word).toList();
    return Grouping.ofWord(typed)
        .orElseThrow(
            () ->
                new UserError(
                    "--by " + Cli.safe(typed, 40),
                    "tables cannot be divided so",
                    "use one of: " + String.join(", ", words)));
  }

  static List<Column> columns(String typed) {
    if (typed.equals("all")) {
      return List.of(Column.values());
    }
    return Arrays.stream(typed.split(",", -1)).map(String::strip).map(TableWords::column).toList();
  }

  private static Column column(String word) {
    return Column.ofWord(word)
        .orElseThrow(
            () ->
                new UserError(
                    "--columns " + Cli.safe(word, 40),
                    "there is no such column",
                    Nearest.of(word, words())
                            .map(near -> "did you mean `" + near + "`? ")
                            .orElse("")
                        + "`pacebench table --columns list` says which there are"));
  }

  private static List<String> words() {
    return Arrays.stream(Column.values()).map(Column::word).toList();
  }

  static String listOfColumns() {
    return Arrays.stream(Column.values())
        .map(column -> String.format(Locale.ROOT, "%-12s%s\n", column.word(), column.meaning()))
        .collect(Collectors.joining());
  }

  /**
   * Refuses budgets at which nothing is known.
   *
   * @throws UserError beyond all limits, or before any trial had ended
   */
  static void checkBudget(String typed, double seconds, Board board) {
    List<BoardSection> sections =
        board.sections().stream().filter(section -> section.grid().size() > 0).toList();
    if (sections.isEmpty()) {
      return;
    }
    double longest = sections.stream().mapToDouble(BoardSection::longestLimit).max().orElse(0);
    double shortest =
        sections.stream().mapToDouble(section -> section.grid().at(0)).min().orElse(0);
    String where = "--at " + Cli.safe(typed, 40);
    if (seconds > longest) {
      throw new UserError(
          where,
          "is beyond the longest limit of these trials; what would have been solved later is"
              + " unknown",
          "give at most --at " + plain(longest, RoundingMode.DOWN) + "s");
    }
    if (seconds < shortest) {
      throw new UserError(
          where,
          "is before any of these trials had ended",
          "give at least --at " + plain(shortest, RoundingMode.UP) + "s");
    }
  }

  private static String plain(double seconds, RoundingMode rounding) {
    return BigDecimal.valueOf(seconds).setScale(1, rounding).stripTrailingZeros().toPlainString();
  }
}
