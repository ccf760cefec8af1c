package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.cli.Readers.Found;
import dev.pacebench.runner.cli.progress.Durations;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.runner.trajectory.StepFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the trials of a run, or everything about one of them. */
@Command(name = "show", description = "Show the trials of a run, or one trial in full.")
final class ShowCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run id, unique prefix of one, or latest.")
  private String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TRIAL",
      description = "Trial id, unique prefix of one, or a task's name where only one trial has it.")
  private @Nullable String trial;

  @Option(names = "--full", description = "Cut no text of a trial's steps, show every call.")
  private boolean full;

  ShowCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Found found = Readers.run(cli, run);
    if (trial == null) {
      list(found);
    } else {
      TrialRow one = find(found.trials(), trial);
      if (cli.isJson()) {
        cli.json(withSteps(document(one), one));
      } else {
        new TrialPage(cli, full).print(one);
      }
    }
    return 0;
  }

  private void list(Found found) {
    if (cli.isJson()) {
      found.trials().forEach(one -> cli.json(document(one)));
      return;
    }
    Columns columns = new Columns("trial", "outcome", "ended", "agent", "wall", "tries", "flags");
    for (TrialRow one : found.trials()) {
      TrialRecord result = one.result().orElse(null);
      if (result == null) {
        columns.row(
            one.trialId(),
            one.state() == RowState.CLAIMED ? "running" : "pending",
            "",
            "",
            "",
            "",
            "");
      } else {
        Double agent = result.agentSeconds();
        columns.row(
            one.trialId(),
            word(result),
            result.ended() == null ? "-" : result.ended(),
            agent == null ? "-" : Durations.seconds(agent),
            Durations.seconds(result.wallSeconds()),
            Integer.toString(result.tries()),
            String.join(" ", result.flags()));
      }
    }
    cli.out().print(columns.text());
    cli.note(
        "next: pacebench show "
            + found.run().runId()
            + cli.homeArgument()
            + " TRIAL   one trial in full");
  }

  static String word(TrialRecord result) {
    return result.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> document(TrialRow one) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", one.runId());
    object.put("trial", one.trialId());
    object.put("task_set", one.taskSet());
    object.put("task", one.task());
    object.put("contender", one.contender());
    object.put("attempt", one.attempt());
    object.put("state", one.state().name().toLowerCase(Locale.ROOT));
    object.put("tries", one.tries());
    object.put("result", one.result().orElse(null));
    return object;
  }

  /** The same with what the agent did, as it stands in the evidence. */
  private Map<String, Object> withSteps(Map<String, Object> document, TrialRow one) {
    if (one.result().isPresent()) {
      Path evidence = cli.home().root().resolve(one.result().get().evidence());
      StepFiles.trajectories(evidence)
          .forEach(
              (step, trajectory) ->
                  document.put(step.isEmpty() ? "trajectory" : "trajectory:" + step, trajectory));
      document.put("calls", StepFiles.rows(evidence));
    }
    return document;
  }

  private static TrialRow find(List<TrialRow> trials, String typed) {
    for (TrialRow one : trials) {
      if (one.trialId().equals(typed)) {
        return one;
      }
    }
    List<TrialRow> ofTask = trials.stream().filter(one -> one.task().equals(typed)).toList();
    List<TrialRow> candidates =
        ofTask.isEmpty()
            ? trials.stream().filter(one -> one.trialId().startsWith(typed)).toList()
            : ofTask;
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    List<String> ids = candidates.stream().map(TrialRow::trialId).toList();
    if (ids.isEmpty()) {
      throw new UserError(
          Cli.safe(typed, 80),
          "the run has no such trial",
          Nearest.hint(typed, trials.stream().map(TrialRow::trialId).toList()));
    }
    throw new UserError(
        Cli.safe(typed, 80),
        ids.size() + " trials are called so",
        "name one of: " + ids.stream().limit(8).collect(Collectors.joining(", ")));
  }
}
