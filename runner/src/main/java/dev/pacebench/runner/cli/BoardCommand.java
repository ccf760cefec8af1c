package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.page.BoardPage;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.leaderboard.table.FigureText;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the page of one run or several. */
@Command(
    name = "board",
    description = {
      "Write one HTML file that compares contenders: tables, charts, every trial. It needs no network,",
      "and works while the run goes on."
    })
final class BoardCommand implements Callable<Integer> {

  static final String FILE = "board.html";

  private final Cli cli;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      description = "Run ids, unique prefixes of them, or latest (default: latest).")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it, over a file of that name (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of(FILE);

  @Option(
      names = "--trials",
      description = "Beside it, in a folder named after it: a page for every trial.")
  private boolean trials;

  BoardCommand(Cli cli) {
    this.cli = cli;
  }

  private record Written(PageData data, int bytes, int pages) {}

  @Override
  public Integer call() {
    ResultFile.check("-o", file);
    Written written = Readers.read(cli, this::write);
    Path whole = file.toAbsolutePath().normalize();
    if (cli.isJson()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", whole.toString());
      object.put("bytes", written.bytes());
      object.put("contenders", written.data().board().rows().size());
      object.put("trials", written.data().board().used());
      object.put("unfinished", written.data().board().unfinished());
      object.put("trial_pages", written.pages());
      cli.json(object);
      return 0;
    }
    if (written.data().board().unfinished()) {
      cli.warning(
          "trials are still to come; only what all contenders have finished is compared, and the"
              + " page says so");
    }
    cli.note(
        String.format(
            Locale.ROOT,
            "%s, %d kB%s; open it in a browser",
            counts(written.data().board()),
            (written.bytes() + 999) / 1000,
            written.pages() == 0 ? "" : ", and a page each of " + written.pages() + " trials"));
    cli.line(Cli.safe(whole.toString(), 1000));
    return 0;
  }

  private static String counts(Board board) {
    int contenders = (int) board.rows().stream().map(BoardRow::name).distinct().count();
    return FigureText.count(contenders, "contender")
        + ", "
        + FigureText.count(board.used(), "trial");
  }

  private Written write(RunStore store) {
    List<RunRow> rows =
        (runs.isEmpty() ? List.of("latest") : runs)
            .stream().map(store::resolve).distinct().toList();
    if (rows.stream().allMatch(run -> run.done() == 0)) {
      throw new UserError(
          rows.get(0).runId(),
          "no trial of it has finished yet",
          "wait for one (`pacebench status`), or go on with it: `pacebench resume "
              + rows.get(0).runId()
              + cli.homeArgument()
              + "`");
    }
    BoardFiles files = new BoardFiles(cli, file, trials);
    PageData data = files.data(store, rows);
    String html = BoardPage.html(data);
    int pages = files.writeTrials(store, rows);
    ResultFile.write("-o", file, html);
    return new Written(data, html.getBytes(StandardCharsets.UTF_8).length, pages);
  }
}
