package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.table.Readable;
import dev.pacebench.runner.cli.progress.Durations;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.runner.trajectory.AtifRules;
import dev.pacebench.runner.trajectory.StepFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prints everything about one trial, for people. */
final class TrialPage {

  private static final int BAR = 30;
  private static final int TAIL_BYTES = 8192;
  private static final int TAIL_LINES = 20;
  private static final int LINE = 160;
  private static final int VALUE = 120;
  private static final int NAME = 40;
  private static final MathContext SHORT = new MathContext(4);
  private static final int REASON = 500;

  private final Cli cli;
  private final boolean full;

  TrialPage(Cli cli, boolean full) {
    this.cli = cli;
    this.full = full;
  }

  void print(TrialRow trial) {
    cli.line("trial " + trial.trialId() + " of run " + trial.runId());
    cli.line(
        "  task       "
            + Cli.safe(trial.task(), 60)
            + " of "
            + Cli.safe(trial.taskSet(), 40)
            + "  ("
            + cut(trial.taskDigest())
            + ")");
    cli.line(
        "  contender  "
            + Cli.safe(trial.contender(), 60)
            + "  ("
            + cut(trial.contenderDigest())
            + ")");
    cli.line("  attempt    " + trial.attempt());
    if (trial.result().isPresent()) {
      result(trial.result().get());
    } else {
      cli.line("  state      " + (trial.state() == RowState.CLAIMED ? "running" : "pending"));
    }
    tries(trial);
  }

  private void result(TrialRecord result) {
    cli.line(
        "  outcome    " + ShowCommand.word(result) + (result.simulated() ? " (simulated)" : ""));
    cli.line("  why        " + String.join("\n    | ", Cli.safeLines(result.reason(), REASON)));
    cli.line(
        "  ended      " + (result.ended() == null ? "no agent phase took place" : result.ended()));
    Double agent = result.agentSeconds();
    cli.line(
        "  agent      "
            + (agent == null ? "-" : Durations.seconds(agent))
            + " of at most "
            + Durations.seconds(result.limitSeconds()));
    cli.line("  started    " + Readable.moment(result.startedAt().toString()));
    cli.line(
        "  verified   "
            + (result.verification() == null ? "-" : result.verification())
            + rewards(result));
    if (!result.flags().isEmpty()) {
      cli.line("  flags      " + Cli.safe(String.join(", ", result.flags()), VALUE));
    }
    timeline(result);
    steps(result);
    values("conditions  (" + cut(result.conditionsDigest()) + ")", result.conditions());
    values("figures", figures(result));
    verifierOutput(result);
  }

  private static String rewards(TrialRecord result) {
    return result.rewards().isEmpty()
        ? ""
        : ", rewards " + Cli.safe(Readable.rewards(result.rewards()), VALUE);
  }

  /** States in the order in which a trial passes them, not by name. */
  private void timeline(TrialRecord result) {
    double wall = result.wallSeconds();
    cli.line("  timeline   " + Durations.seconds(wall) + " in all; * belongs to the agent phase");
    for (TrialState state : TrialState.values()) {
      Double seconds = result.timeline().get(state.word());
      if (seconds != null && seconds > 0) {
        cli.line(
            String.format(
                Locale.ROOT,
                "    %s %-16s %9s  %5.1f %%  %s",
                state.isAgentPhase() ? "*" : " ",
                state.word(),
                Durations.seconds(seconds),
                wall > 0 ? 100 * seconds / wall : 0,
                "#".repeat(wall > 0 ? (int) Math.round(BAR * seconds / wall) : 0)));
      }
    }
  }

  /** What the agent did when, and its model calls. */
  private void steps(TrialRecord result) {
    Path evidence = cli.home().root().resolve(result.evidence());
    StepFiles.trajectories(evidence)
        .forEach(
            (step, trajectory) -> {
              if (!step.isEmpty()) {
                cli.line("  step       " + Cli.safe(step, NAME));
              }
              new StepTimeline(cli, full).print(trajectory);
              List<AtifRules.Violation> broken = AtifRules.check(trajectory);
              if (!broken.isEmpty()) {
                cli.line(
                    "  its trajectory breaks "
                        + broken.size()
                        + " rules of ATIF, such as "
                        + Cli.safe(broken.get(0).toString(), 60));
              }
            });
    new StepCalls(cli, full).print(StepFiles.calls(evidence));
  }

  private void values(String heading, Map<String, String> values) {
    if (!values.isEmpty()) {
      cli.line("  " + heading);
      int longest = values.keySet().stream().mapToInt(String::length).max().orElse(0);
      int column = Math.min(NAME, longest);
      values.forEach(
          (name, value) -> {
            String shown = Cli.safe(name, NAME);
            String gap = " ".repeat(Math.max(0, column - shown.length()) + 2);
            cli.line("    " + shown + gap + Cli.safe(value, VALUE));
          });
    }
  }

  /** What was counted beside the outcome, such as the host's load at both ends. */
  private static Map<String, String> figures(TrialRecord result) {
    Map<String, String> shown = new TreeMap<>();
    result
        .figures()
        .forEach(
            (name, value) ->
                shown.put(
                    name,
                    Double.isFinite(value)
                        ? new BigDecimal(value, SHORT).toPlainString()
                        : value.toString()));
    return shown;
  }

  private void verifierOutput(TrialRecord result) {
    Path file = cli.home().root().resolve(result.evidence()).resolve("verifier/test-stdout.txt");
    List<String> lines = tail(file);
    if (!lines.isEmpty()) {
      cli.line("  the verifier's last words");
      lines.forEach(line -> cli.line("    | " + Cli.safe(line.replace("\t", "    "), LINE)));
    }
  }

  private void tries(TrialRow trial) {
    Home home = cli.home();
    Path folder = home.trial(trial.runId(), trial.trialId());
    List<String> tries = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        children
            .map(child -> child.getFileName().toString())
            .filter(name -> name.startsWith("try-"))
            .sorted()
            .forEach(tries::add);
      } catch (IOException e) {
        tries.add("cannot be listed: " + e.getMessage());
      }
    }
    if (!tries.isEmpty()) {
      cli.line("  tries      " + String.join(", ", tries));
      cli.line("  evidence   " + folder);
    }
  }

  /** The last lines of a file that something untrusted wrote. */
  private static List<String> tail(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, open.length() - TAIL_BYTES);
      open.seek(from);
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, open.length() - from)];
      open.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    } catch (IOException e) {
      return List.of("cannot be read: " + e.getMessage());
    }
  }

  private static String cut(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }
}
