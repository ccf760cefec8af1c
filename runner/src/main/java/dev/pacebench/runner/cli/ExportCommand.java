package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.RunRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the results of a run for other programs. */
@Command(name = "export", description = "Write the finished trials of a run for other programs.")
final class ExportCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(paramLabel = "RUN", description = "Run id, unique prefix of one, or latest.")
  private String run = "";

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description =
          "jsonl (one object per trial), csv, or swebench (predictions) (default: jsonl).")
  private String format = "jsonl";

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description = "Whose predictions, with --format swebench.")
  private @Nullable String contender;

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "Which attempt's predictions, with --format swebench (default: 1).")
  private int attempt = 1;

  ExportCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if (!List.of("jsonl", "csv", "swebench").contains(format)) {
      throw new UserError(
          "--format " + format, "there is no such form", "use jsonl, csv or swebench");
    }
    if (cli.isJson() && !format.equals("jsonl")) {
      throw new UserError("--format " + format, "contradicts --json", "give one of the two");
    }
    List<TrialRecord> results =
        Readers.read(
            cli,
            store -> {
              RunRow row = store.resolve(run);
              return store.results(List.of(row.runId()));
            });
    if (format.equals("swebench")) {
      SweBenchExport.lines(cli.home().root(), results, Optional.ofNullable(contender), attempt)
          .forEach(cli::line);
      return 0;
    }
    if (format.equals("csv")) {
      cli.line(CsvExport.HEADING);
    }
    for (TrialRecord result : results) {
      cli.line(format.equals("csv") ? CsvExport.line(result) : Json.line(result));
      if (cli.out().checkError()) {
        // The reader has gone, as `head` does; nobody is left to tell.
        break;
      }
    }
    return 0;
  }
}
