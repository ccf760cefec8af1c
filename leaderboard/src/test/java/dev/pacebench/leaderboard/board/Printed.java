package dev.pacebench.leaderboard.board;

/** Every figure of a board as text, unrounded, to compare boards. */
final class Printed {

  private Printed() {}

  static String of(Board board) {
    StringBuilder out = new StringBuilder();
    out.append(board.planned()).append(' ').append(board.done()).append(' ').append(board.used());
    for (BoardSection section : board.sections()) {
      out.append('\n')
          .append(section.taskSet())
          .append(section.group())
          .append(section.tasks())
          .append(section.limits())
          .append(section.seed());
      for (BoardRow row : section.rows()) {
        String text = row.toString();
        out.append("\n  ").append(text.replace(row.curve().toString(), ""));
        for (int i = 0; i < row.curve().size(); i++) {
          out.append("\n    ")
              .append(row.curve().seconds(i))
              .append(' ')
              .append(row.curve().accuracy(i))
              .append(' ')
              .append(row.curve().aalenJohansen(i))
              .append(row.curve().band(i))
              .append(row.curve().ranks(i));
        }
      }
      section
          .virtualBest()
          .ifPresent(
              best -> {
                out.append("\n  ").append(best.accuracy());
                for (int i = 0; i < section.grid().size(); i++) {
                  out.append(' ').append(best.accuracy(i));
                }
              });
    }
    return out.toString();
  }
}
