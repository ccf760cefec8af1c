package dev.pacebench.runner.cli;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.agent.install.AgentInstaller;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.AgentManifests;
import dev.pacebench.runner.agent.program.CliAgent;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.KnownAgent;
import dev.pacebench.runner.lineup.Nearest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All agents that lineups can name: those that are part of Pacebench, and those of manifests, of
 * which some ship with it and others are the user's own.
 */
final class AgentCatalog {

  private final Agents agents;
  private final AgentManifests manifests;
  private final AgentInstaller installer;

  private AgentCatalog(Agents agents, AgentManifests manifests, AgentInstaller installer) {
    this.agents = agents;
    this.manifests = manifests;
    this.installer = installer;
  }

  /** Reads manifests; tells of those that are wrong, whose agents do not exist. */
  static AgentCatalog read(Cli cli, Installation installation, Home home) {
    Map<String, Agent> builtIn = Agents.bundled(cli.env()).all();
    AgentManifests manifests =
        AgentManifests.all(List.of(installation.agents(), home.agents()), builtIn.keySet());
    manifests.wrong().values().forEach(error -> warn(cli, error));
    AgentInstaller installer =
        new AgentInstaller(home, cli.env(), note -> cli.note(Cli.safe(note, 300)));
    Stream<Agent> programs =
        manifests.byName().values().stream()
            .map(manifest -> new CliAgent(manifest, installer::ensure, Ticker.SYSTEM));
    Agents all =
        new Agents(Stream.concat(builtIn.values().stream(), programs).toArray(Agent[]::new));
    return new AgentCatalog(all, manifests, installer);
  }

  private static void warn(Cli cli, UserError error) {
    cli.warning("an agent is left out:");
    Cli.safeLines(error.getMessage() + "; " + error.remedy(), 300)
        .forEach(line -> cli.note("  " + line));
  }

  Agents agents() {
    return agents;
  }

  /** The manifest behind a name; agents that are part of Pacebench have none. */
  Optional<AgentManifest> manifest(String name) {
    return Optional.ofNullable(manifests.byName().get(name));
  }

  /**
   * An agent that somebody named.
   *
   * @throws UserError with the nearest name, or with what is wrong with its manifest
   */
  Agent named(String name) {
    Agent agent = agents.all().get(name);
    if (agent != null) {
      return agent;
    }
    for (Map.Entry<Path, UserError> wrong : manifests.wrong().entrySet()) {
      if (wrong.getKey().getFileName().toString().replaceFirst("\\.ya?ml$", "").equals(name)) {
        throw wrong.getValue();
      }
    }
    throw new UserError(
        name, "there is no agent of that name", Nearest.hint(name, agents.all().keySet()));
  }

  AgentInstaller installer() {
    return installer;
  }

  /** What lineups must know of each. */
  Map<String, KnownAgent> known() {
    Map<String, KnownAgent> known = new TreeMap<>();
    agents
        .all()
        .forEach(
            (name, agent) ->
                known.put(
                    name,
                    new KnownAgent(
                        agent.version(), agent.needsModel(), agent.takesModel(), agent::check)));
    return known;
  }

  /**
   * Makes ready what contenders' agents need of this machine, so that a run that lacks it ends
   * before its first trial.
   */
  void provide(Collection<Contender> contenders) {
    try {
      for (Contender contender : contenders) {
        agents.get(contender.agent()).provide(contender);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InfrastructureError("stopped while an agent was installed", "start again");
    }
  }
}
