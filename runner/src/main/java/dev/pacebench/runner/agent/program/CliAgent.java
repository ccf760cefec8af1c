package dev.pacebench.runner.agent.program;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.ManifestCheck;
import dev.pacebench.runner.agent.manifest.Template;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Objection;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.RunningCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A command-line agent that others made, run in the sandbox as its manifest says.
 *
 * <p>Works as the task's user in the task's folder, reads nothing from stdin, and reaches its model
 * through the relay alone.
 */
public final class CliAgent implements Agent {

  /** The deadline ends the phase; the command's own timeout must never come first. */
  private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(60);

  /** Enough for the last words of a program that fails. */
  private static final int KEEP_BYTES = 16 << 10;

  private final AgentManifest manifest;
  private final Programs programs;
  private final Ticker ticker;
  private final ProgramSetUp setUp;

  /** By the folder of the evidence, which a try has to itself. */
  private final Map<Path, Prepared> prepared = new ConcurrentHashMap<>();

  public CliAgent(AgentManifest manifest, Programs programs, Ticker ticker) {
    this.manifest = requireNonNull(manifest, "manifest is null");
    this.programs = requireNonNull(programs, "programs is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.setUp = new ProgramSetUp(manifest, programs);
  }

  @Override
  public String name() {
    return manifest.name();
  }

  @Override
  public String version() {
    return manifest.agentVersion();
  }

  @Override
  public boolean needsModel() {
    return true;
  }

  @Override
  public boolean callsFromSandbox() {
    return true;
  }

  @Override
  public boolean retriesItself() {
    return manifest.retriesItself();
  }

  @Override
  public boolean tellsTools() {
    return manifest.output().tellsTools();
  }

  @Override
  public List<Objection> check(Contender contender, Optional<ServingTier> tier) {
    return ManifestCheck.objections(manifest, contender, tier);
  }

  @Override
  public List<Mount> provide(Contender contender) throws InterruptedException {
    return programs
        .provide(manifest)
        .folder()
        .map(folder -> List.of(new Mount(folder, ProgramSetUp.mountPoint(manifest))))
        .orElse(List.of());
  }

  @Override
  public void setUp(AgentContext context) throws InterruptedException {
    prepared.put(context.logs(), setUp.run(context));
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    Prepared ready = prepared.remove(context.logs());
    if (ready == null) {
      throw new IllegalStateException("the agent was not set up");
    }
    if (ready.lacking().isPresent()) {
      return new AgentEnd(Ended.CRASHED, ready.lacking().get());
    }
    Command command =
        Command.of(
                manifest.command().fillForShell(ready.values()),
                context.limit().plus(BEYOND_DEADLINE))
            .withEnv(environment(ready))
            .withKeepBytes(KEEP_BYTES);
    ProgramEnd end = new ProgramEnd(manifest.name(), context, ticker);
    try (ProgramOutput output =
        new ProgramOutput(
            context.logs(),
            manifest.output(),
            context.states(),
            ready.values().getOrDefault("token", ""),
            ticker)) {
      RunningCommand running = context.commands().start(command, output);
      CommandResult result = await(running);
      output.end();
      return end.of(result, output.failed(), output.lastWords());
    }
  }

  private static CommandResult await(RunningCommand running) throws InterruptedException {
    try {
      return running.await();
    } catch (InterruptedException e) {
      running.kill();
      throw e;
    }
  }

  private Map<String, String> environment(Prepared ready) {
    Map<String, String> env = new HashMap<>();
    for (Map.Entry<String, Template> variable : manifest.env().entrySet()) {
      env.put(variable.getKey(), variable.getValue().fill(ready.values()));
    }
    return env;
  }

  /** The manifest that describes it. */
  public AgentManifest manifest() {
    return manifest;
  }
}
