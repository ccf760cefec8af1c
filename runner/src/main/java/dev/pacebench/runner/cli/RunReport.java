package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.table.Look;
import dev.pacebench.leaderboard.table.TableFormat;
import dev.pacebench.leaderboard.table.TableRequest;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.batch.RunSummary;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Says how an execution of a run ended, and which exit code that is. */
final class RunReport {

  private RunReport() {}

  /**
   * Prints table and next commands.
   *
   * @return the exit code
   */
  static int print(Cli cli, RunStore store, RunSummary summary) {
    RunRow run = store.resolve(summary.runId());
    Board board = Tables.of(store, List.of(run), Tables.OPTIONS);
    LostImages images = new LostImages(summary.lost() > 0 ? store.trials(run.runId()) : List.of());
    if (cli.isJson()) {
      cli.json(document(summary, images, run, board));
    } else {
      cli.out()
          .print(TableFormat.TEXT.render(board, TableRequest.USUAL, cli.look(TableRequest.USUAL)));
      cli.out().flush();
    }
    String again = "`pacebench resume " + summary.runId() + cli.homeArgument() + " --lost`";
    lost(cli, summary.lost() - images.trials(), again);
    int code = 0;
    if (images.trials() > 0) {
      code = Errors.report(cli, images.error(again));
    }
    String remedy = remedy(cli, summary);
    if (!remedy.isEmpty()) {
      return Errors.report(cli, new InfrastructureError(what(summary), remedy));
    }
    cli.note("");
    cli.note(
        "next: pacebench show "
            + summary.runId()
            + cli.homeArgument()
            + "            one run, trial by trial");
    cli.note("      pacebench board " + summary.runId() + cli.homeArgument() + " -o board.html");
    cli.note("      pacebench export " + summary.runId() + cli.homeArgument() + " --format jsonl");
    return code;
  }

  private static void lost(Cli cli, int trials, String again) {
    if (trials > 0) {
      cli.warning(
          (trials == 1 ? "1 trial was" : trials + " trials were")
              + " lost; "
              + again
              + (trials == 1 ? " tries it again" : " tries them again"));
    }
  }

  private static String what(RunSummary summary) {
    String done = summary.done() + " of " + summary.planned() + " trials are done";
    if (!summary.failure().isEmpty()) {
      return "run "
          + summary.runId()
          + " could not go on: "
          + summary.failure()
          + " ("
          + done
          + ")";
    }
    if (!summary.suspended().isEmpty()) {
      String contenders =
          summary.suspended().entrySet().stream()
              .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
              .collect(Collectors.joining(", "));
      return "contenders were suspended after several lost trials in a row: "
          + contenders
          + "; "
          + done;
    }
    return "run " + summary.runId() + " was stopped; " + done;
  }

  /** Empty when the run is complete. */
  private static String remedy(Cli cli, RunSummary summary) {
    String resume = "`pacebench resume " + summary.runId() + cli.homeArgument() + "`";
    if (!summary.failure().isEmpty()) {
      return "repair that, then go on with " + resume;
    }
    if (!summary.suspended().isEmpty()) {
      return "remove the cause, then go on with " + resume;
    }
    return summary.isComplete() ? "" : "go on with " + resume;
  }

  private static Map<String, Object> document(
      RunSummary summary, LostImages images, RunRow run, Board board) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", summary.runId());
    object.put("state", run.state().word());
    object.put("planned", summary.planned());
    object.put("done", summary.done());
    object.put("lost", summary.lost());
    object.put("lost_images", images.reasons());
    object.put("solved", run.solved());
    object.put("stopped", summary.stopped());
    object.put("suspended", summary.suspended());
    object.put("failure", summary.failure().isEmpty() ? null : summary.failure());
    object.put(
        "table",
        JsonMapper.shared()
            .readTree(TableFormat.JSON.render(board, TableRequest.USUAL, Look.PLAIN)));
    return object;
  }
}
