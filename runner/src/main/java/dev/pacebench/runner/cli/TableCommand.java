package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.chart.SvgStyle;
import dev.pacebench.leaderboard.chart.TradeoffChart;
import dev.pacebench.leaderboard.table.TableFormat;
import dev.pacebench.leaderboard.table.TableRequest;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.RunRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the contenders of one run or several. */
@Command(
    name = "table",
    description = "Compare contenders in a table; works while the run goes on.")
final class TableCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      description = "Run ids, unique prefixes of them, or latest.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Rank by what was solved within this time, such as 300s, 5m or 1h30m.")
  private @Nullable String at;

  @Option(
      names = "--by",
      paramLabel = "WORD",
      description = "A section per category, difficulty, repository or task (default: none).")
  private String by = Grouping.NONE.word();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "text, markdown, csv, json or latex (default: text, json with --json).")
  private @Nullable String format;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description =
          "Columns of text, markdown and latex, separated by commas; after a + they come besides"
              + " the usual ones. `list` says which there are, `all` shows them.")
  private @Nullable String columns;

  @Option(
      names = "--curves",
      description = "In JSON: accuracy within every time budget of the grid as well.")
  private boolean curves;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description =
          "Writes accuracy against time as a chart as well; light or dark as its reader prefers.")
  private @Nullable Path svg;

  TableCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if ("list".equals(columns)) {
      cli.out().print(TableWords.listOfColumns());
      return 0;
    }
    if (runs.isEmpty()) {
      throw new UserError(
          "table",
          "no run was named",
          "name one or several, such as `pacebench table latest`; `pacebench runs` lists them");
    }
    TableFormat form = TableWords.format(format, cli.isJson());
    TableRequest request = request(form);
    BoardOptions options = Tables.OPTIONS.by(TableWords.grouping(by));
    BoardOptions exact =
        request.at().isPresent() ? options.at(request.at().getAsDouble()) : options;
    Board board =
        Readers.read(
            cli,
            store -> {
              List<RunRow> rows = runs.stream().map(store::resolve).distinct().toList();
              return Tables.of(store, rows, exact);
            });
    if (at != null) {
      TableWords.checkBudget(at, request.at().orElseThrow(), board);
    }
    if (svg != null) {
      String chart = TradeoffChart.svg(board.sections(), SvgStyle.STANDALONE, request.at());
      ResultFile.write("--svg", svg, chart);
    }
    cli.out().print(form.render(board, request, cli.look(request)));
    return 0;
  }

  private TableRequest request(TableFormat form) {
    if (columns != null && form.isComplete()) {
      throw new UserError(
          "--columns",
          "cannot be chosen in " + form.word(),
          "leave it out: " + form.word() + " always has all figures");
    }
    if (curves && form != TableFormat.JSON) {
      throw new UserError(
          "--curves", "has no place in " + form.word(), "use it together with --json");
    }
    String typed = columns == null ? "" : columns;
    boolean besides = typed.startsWith("+");
    return new TableRequest(
        at == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(TimeBudget.of("--at", at).seconds()),
        columns == null ? List.of() : TableWords.columns(besides ? typed.substring(1) : typed),
        besides,
        curves);
  }
}
