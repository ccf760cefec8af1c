package dev.pacebench.runner.cli;

import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the runs of a home. */
@Command(name = "runs", description = "List the runs of this home, newest first.")
final class RunsCommand implements Callable<Integer> {

  private final Cli cli;

  RunsCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    List<RunRow> runs = Readers.readIfAny(cli, RunStore::runs).orElse(List.of());
    if (cli.isJson()) {
      runs.forEach(run -> cli.json(document(run)));
      return 0;
    }
    if (runs.isEmpty()) {
      cli.note(
          "no run in "
              + cli.home().root()
              + " yet; start one with `pacebench run` or `pacebench demo`");
      return 0;
    }
    Columns columns = new Columns("run", "state", "done", "solved", "lost", "task sets", "lineup");
    for (RunRow run : runs) {
      columns.row(
          run.runId(),
          state(run),
          run.done() + "/" + run.planned(),
          Integer.toString(run.solved()),
          Integer.toString(run.lost()),
          run.settings().shownTaskSets(),
          run.settings().shownLineup());
    }
    cli.out().print(columns.text());
    return 0;
  }

  /** The state in a word; a run whose runner died says so. */
  static String state(RunRow run) {
    return run.isInterrupted() ? "interrupted" : run.state().word();
  }

  static Map<String, Object> document(RunRow run) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", run.runId());
    object.put("created_at", run.createdAt());
    object.put("state", state(run));
    object.put("planned", run.planned());
    object.put("done", run.done());
    object.put("running", run.running());
    object.put("lost", run.lost());
    object.put("solved", run.solved());
    object.put("task_sets", run.settings().taskSets());
    object.put("lineup", run.settings().lineup());
    object.put("attempts", run.settings().attempts());
    object.put("slots", run.settings().slots());
    object.put("sandbox", run.settings().sandbox());
    object.put("suspended", run.suspended());
    object.put("failure", run.failure().isEmpty() ? null : run.failure());
    return object;
  }
}
