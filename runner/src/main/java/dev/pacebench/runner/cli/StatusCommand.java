package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.cli.Readers.Found;
import dev.pacebench.runner.cli.progress.Durations;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.sandbox.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says how far a run is. */
@Command(
    name = "status",
    description = "Say how far a run is and who runs it; works while it runs.")
final class StatusCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Run id, unique prefix of one, or latest (default: latest).")
  private String run = "latest";

  StatusCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Found found = Readers.run(cli, run);
    if (cli.isJson()) {
      cli.json(document(found));
    } else {
      print(found);
    }
    return 0;
  }

  private void print(Found found) {
    RunRow row = found.run();
    cli.line("run " + row.runId() + "  " + RunsCommand.state(row));
    cli.line(
        "  trials    "
            + row.planned()
            + " planned, "
            + row.done()
            + " done, "
            + row.running()
            + (row.isInterrupted() ? " broken off, " : " running, ")
            + pending(row)
            + " pending");
    String outcomes =
        outcomes(found.trials()).entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey())
            .collect(Collectors.joining(", "));
    cli.line("  outcomes  " + (outcomes.isEmpty() ? "none yet" : outcomes));
    elapsed(found).ifPresent(span -> cli.line("  elapsed   " + Durations.clock(span)));
    left(found).ifPresent(span -> cli.line("  left      about " + Durations.clock(span)));
    cli.line("  runner    " + runner(row));
    row.suspended()
        .forEach(
            (name, cause) ->
                cli.line("  suspended " + Cli.safe(name, 60) + ": " + Cli.safe(cause, 120)));
    if (!row.failure().isEmpty()) {
      cli.line("  failure   " + Cli.safe(row.failure(), 200));
    }
    found.trials().stream()
        .filter(trial -> trial.state() == RowState.CLAIMED)
        .forEach(
            trial ->
                cli.line(
                    row.isInterrupted()
                        ? "  broken off " + Cli.safe(trial.trialId(), 80)
                        : "  running   " + Cli.safe(trial.trialId(), 80) + since(trial)));
    if (row.done() < row.planned() && !isLive(row)) {
      cli.note("next: pacebench resume " + row.runId() + cli.homeArgument());
    }
  }

  private static String since(TrialRow trial) {
    return trial
        .claimedAt()
        .map(at -> ", since " + Durations.clock(Duration.between(at, Instant.now())))
        .orElse("");
  }

  private static int pending(RunRow row) {
    return row.planned() - row.done() - row.running();
  }

  private static boolean isLive(RunRow row) {
    return row.state() == RunState.RUNNING && !row.isInterrupted();
  }

  private static String runner(RunRow row) {
    Optional<Owner> owner = row.owner();
    if (owner.isEmpty()) {
      return "none yet";
    }
    if (isLive(row)) {
      return owner.get() + (owner.get().isOfThisHost() ? ", alive" : ", of another host");
    }
    return owner.get() + (row.isInterrupted() ? ", died over it" : ", done with it");
  }

  private static Map<String, Integer> outcomes(List<TrialRow> trials) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    trials.forEach(
        trial -> trial.result().ifPresent(one -> counts.merge(one.outcome(), 1, Integer::sum)));
    Map<String, Integer> named = new LinkedHashMap<>();
    counts.forEach((outcome, count) -> named.put(outcome.name().toLowerCase(Locale.ROOT), count));
    return named;
  }

  /** From the first trial's start to now, or to the last one's end when nobody runs it. */
  private static Optional<Duration> elapsed(Found found) {
    Optional<Instant> first =
        found.trials().stream().flatMap(StatusCommand::started).min(Instant::compareTo);
    Optional<Instant> last =
        isLive(found.run())
            ? Optional.of(Instant.now())
            : found.trials().stream()
                .flatMap(trial -> trial.result().stream())
                .map(one -> one.startedAt().plusNanos(Math.round(one.wallSeconds() * 1e9)))
                .max(Instant::compareTo);
    return first.flatMap(from -> last.map(to -> Duration.between(from, to)));
  }

  private static java.util.stream.Stream<Instant> started(TrialRow trial) {
    return java.util.stream.Stream.concat(
        trial.result().map(TrialRecord::startedAt).stream(), trial.claimedAt().stream());
  }

  /** What is left at the mean length of the trials that are done. */
  private static Optional<Duration> left(Found found) {
    RunRow row = found.run();
    if (!isLive(row) || row.done() < 2) {
      return Optional.empty();
    }
    double mean =
        found.trials().stream()
            .flatMap(trial -> trial.result().stream())
            .mapToDouble(TrialRecord::wallSeconds)
            .average()
            .orElse(0);
    double seconds = mean * (row.planned() - row.done()) / row.settings().slots();
    return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private static Map<String, Object> document(Found found) {
    Map<String, Object> object = RunsCommand.document(found.run());
    object.put("pending", pending(found.run()));
    object.put("outcomes", outcomes(found.trials()));
    object.put(
        "elapsed_seconds", elapsed(found).map(span -> span.toMillis() / 1000.0).orElse(null));
    object.put("left_seconds", left(found).map(span -> span.toMillis() / 1000.0).orElse(null));
    object.put("runner", found.run().owner().map(Owner::toString).orElse(null));
    object.put("runner_alive", isLive(found.run()));
    object.put(
        "running_trials",
        found.trials().stream()
            .filter(trial -> trial.state() == RowState.CLAIMED)
            .map(TrialRow::trialId)
            .toList());
    return object;
  }
}
