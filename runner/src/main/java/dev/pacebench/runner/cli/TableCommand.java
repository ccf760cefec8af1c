package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.ResultTable;
import dev.pacebench.leaderboard.TableFormat;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.RunRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      arity = "1..*",
      description = "Run ids, unique prefixes of them, or latest.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "text, markdown, csv or json (default: text, json with --json).")
  private @Nullable String format;

  TableCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    TableFormat form = format();
    ResultTable table =
        Readers.read(
            cli,
            store -> {
              List<RunRow> rows = runs.stream().map(store::resolve).collect(Collectors.toList());
              return Tables.of(store, rows.stream().distinct().toList());
            });
    cli.out().print(form.render(table, cli.colourOut()));
    return 0;
  }

  private TableFormat format() {
    String word = format == null ? (cli.isJson() ? "json" : "text") : format;
    TableFormat form =
        TableFormat.ofWord(word)
            .orElseThrow(
                () ->
                    new UserError(
                        "--format " + word,
                        "there is no such form",
                        "use one of: "
                            + Arrays.stream(TableFormat.values())
                                .map(TableFormat::word)
                                .collect(Collectors.joining(", "))));
    if (cli.isJson() && form != TableFormat.JSON) {
      throw new UserError("--format " + word, "contradicts --json", "give one of the two");
    }
    return form;
  }
}
