package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentStartException;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.HomeFolders;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.LineupFile;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.RunSettings.Order;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.trial.DefaultTrialRunner;
import dev.pacebench.runner.trial.LostTryException;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real trials of an agent, with a simulated model that always finds the way, in a home of their
 * own.
 *
 * <p>The home is removed at the end, unless somebody shall look at what went wrong.
 */
final class AgentTrial implements AutoCloseable {

  private static final String RUN = "check";
  private static final String TASK = "rotate-log";
  private static final String SET = DemoCommand.SET;

  private static final String LINEUP =
      """
      providers:
        simulated: {protocol: simulated}
      models:
        simulated:
          provider: simulated
          id: simulated-model
          simulated: {first_token: 20ms, tokens_per_second: 1000, skill: 1}
      contenders:
        - name: AGENT
          agent: AGENT
          model: simulated
          tier: {protocol: PROTOCOL, transport: TRANSPORT}
          limits: {time: 180s}
      """;

  /** A protocol over a transport. */
  record Way(Protocol protocol, Transport transport) {
    @Override
    public String toString() {
      return protocol.word() + " " + transport.word();
    }
  }

  private final Cli cli;
  private final Agent agent;
  private final Optional<AgentManifest> manifest;
  private final List<Way> ways;
  private final Home home;
  private final SandboxProvider provider;
  private final Task task;
  private boolean keep;

  private AgentTrial(
      Cli cli,
      Agent agent,
      Optional<AgentManifest> manifest,
      List<Way> ways,
      Home home,
      SandboxProvider provider,
      Task task) {
    this.cli = cli;
    this.agent = agent;
    this.manifest = manifest;
    this.ways = ways;
    this.home = home;
    this.provider = provider;
    this.task = task;
  }

  static AgentTrial open(Cli cli, Agent agent, Optional<AgentManifest> manifest, String sandbox)
      throws IOException {
    if (!agent.needsModel()) {
      throw new UserError(
          agent.name(),
          "is part of Pacebench and needs no model, so there is nothing to check",
          "try it with `pacebench run -t " + SET + " -l oracle-nop`");
    }
    Installation installation = Installation.locate();
    Task task =
        installation.taskSets(cli.home()).resolve(SET).tasks().stream()
            .filter(one -> one.name().equals(TASK))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(SET + " has no task " + TASK));
    List<Way> ways = new ArrayList<>();
    manifest
        .map(AgentManifest::speaks)
        .orElse(AgentsListCommand.everything())
        .forEach(
            (protocol, transports) ->
                transports.forEach(transport -> ways.add(new Way(protocol, transport))));
    Home home = new Home(Files.createTempDirectory("pacebench-check-"));
    boolean opened = false;
    try {
      HomeFolders.make(home);
      SandboxProvider provider = Providers.makeWorking(sandbox, home, Owner.self(), installation);
      opened = true;
      return new AgentTrial(cli, agent, manifest, ways, home, provider, task);
    } finally {
      if (!opened) {
        FileTrees.delete(home.root());
      }
    }
  }

  List<Way> ways() {
    return ways;
  }

  /** Runs one trial, and says what of it is as it should be. */
  List<AgentFinding> run(Way way) throws InterruptedException, IOException {
    Path file =
        Files.writeString(
            home.root().resolve("lineup.yaml"),
            LINEUP
                .replace("AGENT", agent.name())
                .replace("PROTOCOL", way.protocol().word())
                .replace("TRANSPORT", way.transport().word()));
    Lineup lineup = LineupFile.read(file, cli.catalog().known());
    String id = way.toString().replace(' ', '-');
    try (Gateway gateway = Gateway.start(lineup, lineup.contenders(), cli.env())) {
      DefaultTrialRunner runner =
          new DefaultTrialRunner(
              home,
              settings(),
              lineup,
              provider,
              new FolderEvidence(),
              cli.catalog().agents(),
              Optional.of(gateway),
              Ticker.SYSTEM,
              cli.env());
      TrialRecord record =
          runner.run(
              new PlannedTrial(RUN, id, 0, task, lineup.contenders().get(0), 1),
              1,
              TrialWatcher.NONE);
      return findings(way.toString(), record);
    } catch (LostTryException e) {
      if (e.causeWord().equals(AgentStartException.CAUSE)) {
        return List.of(
            new AgentFinding(
                way.toString(),
                "starts",
                false,
                String.valueOf(e.getMessage()),
                "mend `provide`, `files` or `version_command` of its manifest"));
      }
      throw new InfrastructureError(
          "the trial over " + way + " was lost: " + e.getMessage(),
          "`pacebench doctor` says what works here",
          e);
    }
  }

  private List<AgentFinding> findings(String way, TrialRecord record) {
    Map<String, Double> figures = record.figures();
    double calls = figures.getOrDefault("calls", 0.0);
    double commands = figures.getOrDefault("commands", 0.0);
    String said = record.reason().isEmpty() ? "no reason is recorded" : record.reason();
    List<AgentFinding> findings = new ArrayList<>();
    manifest
        .filter(one -> one.versionCommand().isPresent())
        .ifPresent(
            one ->
                findings.add(
                    new AgentFinding(way, "starts", true, "and shows " + one.versionShows(), "")));
    findings.add(
        new AgentFinding(
            way,
            "calls its model",
            calls > 0,
            calls > 0 ? (long) calls + " calls through the gateway" : "it made no call: " + said,
            calls > 0
                ? ""
                : "see that its command and files use {base_url}, {token} and {model}; its own"
                    + " words are in the evidence, agent/stdout.txt and stderr.txt"));
    findings.add(
        new AgentFinding(
            way,
            "runs commands",
            commands > 0,
            commands > 0
                ? (long) commands + " commands"
                : "it ran none of what the model asked for",
            commands > 0 ? "" : "see that it may run commands without asking"));
    boolean ended = Ended.FINISHED.word().equals(record.ended());
    findings.add(
        new AgentFinding(
            way,
            "ends by itself",
            ended,
            ended
                ? String.format(
                    java.util.Locale.ROOT,
                    "after %.1f s",
                    record.agentSeconds() == null ? 0 : record.agentSeconds())
                : "it ended as " + record.ended() + ": " + said,
            ended ? "" : "see that it reads no terminal, and ends when its work is done"));
    findings.add(
        new AgentFinding(
            way,
            "solves the task",
            record.solved(),
            record.solved() ? TASK : TASK + " is " + record.outcome() + ": " + said,
            record.solved() ? "" : "look at the evidence: where it worked, and as whom"));
    return findings;
  }

  private RunSettings settings() {
    return new RunSettings(
        RUN,
        Instant.now().toString(),
        List.of(SET),
        "",
        1,
        1,
        1,
        Order.BY_ATTEMPT,
        provider.name(),
        1,
        RunCommand.DEFAULT_LIMIT,
        Optional.of(TASK),
        List.of(),
        1);
  }

  /** Leaves the evidence where it is. */
  Path keep() {
    keep = true;
    return home.run(RUN).resolve("trials");
  }

  @Override
  public void close() throws IOException {
    try {
      provider.close();
    } finally {
      if (!keep) {
        FileTrees.delete(home.root());
      }
    }
  }
}
