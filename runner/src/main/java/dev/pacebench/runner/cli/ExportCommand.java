package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.RunRow;
import java.util.List;
import java.util.concurrent.Callable;
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
      description = "jsonl (one object per trial) or csv (default: jsonl).")
  private String format = "jsonl";

  ExportCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if (!List.of("jsonl", "csv").contains(format)) {
      throw new UserError("--format " + format, "there is no such form", "use jsonl or csv");
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
