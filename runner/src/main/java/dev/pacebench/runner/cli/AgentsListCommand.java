package dev.pacebench.runner.cli;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.Setting;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists agents: those that are part of Pacebench, and those of manifests. */
@Command(name = "list", description = "List the agents that lineups can name.")
final class AgentsListCommand implements Callable<Integer> {

  private final Cli cli;

  AgentsListCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    AgentCatalog catalog = cli.catalog();
    Columns columns = new Columns("agent", "version", "model", "program", "speaks");
    for (Agent agent : catalog.agents().all().values()) {
      Optional<AgentManifest> manifest = catalog.manifest(agent.name());
      if (cli.isJson()) {
        cli.json(document(agent, manifest, catalog));
      } else {
        columns.row(
            agent.name(),
            agent.version(),
            agent.needsModel() ? "needs one" : "needs none",
            manifest.map(one -> program(one, catalog)).orElse("built in"),
            manifest
                .map(AgentsListCommand::shortly)
                .orElse(agent.needsModel() ? "all but gemini" : ""));
      }
    }
    if (!cli.isJson()) {
      cli.out().print(columns.text());
      cli.note("");
      cli.note(
          "Programs are installed when a run first needs them, or by `pacebench agents check`.");
      cli.note("A file NAME.yaml in " + cli.home().agents() + " adds an agent of your own.");
    }
    return 0;
  }

  private static String program(AgentManifest manifest, AgentCatalog catalog) {
    return switch (manifest.provide().kind()) {
      case NONE -> "in the image";
      case FOLDER ->
          catalog.installer().isInstalled(manifest) ? "on this machine" : "folder missing";
      case NPM, PIP ->
          (catalog.installer().isInstalled(manifest) ? "installed, " : "not yet, ")
              + manifest.provide().kind().word();
    };
  }

  /** Protocols without their maker's prefix; a socket only where there is one. */
  private static String shortly(AgentManifest manifest) {
    return manifest.speaks().entrySet().stream()
        .map(
            entry ->
                entry.getKey().word().replaceFirst("^[a-z]+-", "")
                    + (entry.getValue().contains(Transport.WEBSOCKET) ? " (sse, websocket)" : ""))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Object> document(
      Agent agent, Optional<AgentManifest> manifest, AgentCatalog catalog) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("agent", agent.name());
    object.put("version", agent.version());
    object.put("needs_model", agent.needsModel());
    object.put("about", manifest.map(AgentManifest::about).orElse(null));
    object.put("provided_by", manifest.map(one -> one.provide().kind().word()).orElse("pacebench"));
    object.put("installed", manifest.map(catalog.installer()::isInstalled).orElse(true));
    Map<String, Object> speaks = new LinkedHashMap<>();
    manifest
        .map(AgentManifest::speaks)
        .orElse(agent.needsModel() ? everything() : Map.of())
        .forEach(
            (protocol, transports) ->
                speaks.put(protocol.word(), transports.stream().map(Transport::word).toList()));
    object.put("speaks", speaks);
    Map<String, Object> settings = new LinkedHashMap<>();
    manifest
        .map(AgentManifest::settings)
        .orElse(Map.of())
        .forEach((name, setting) -> settings.put(name, setting(setting)));
    object.put("settings", settings);
    return object;
  }

  private static Map<String, Object> setting(Setting setting) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("default", setting.byDefault());
    object.put("about", setting.about());
    return object;
  }

  /** What an agent that needs a model, but no manifest, speaks. */
  static Map<Protocol, List<Transport>> everything() {
    Map<Protocol, List<Transport>> all = new LinkedHashMap<>();
    for (Protocol protocol : EnumSet.complementOf(EnumSet.of(Protocol.GEMINI))) {
      all.put(
          protocol,
          protocol == Protocol.OPENAI_RESPONSES
              ? List.of(Transport.SSE, Transport.WEBSOCKET)
              : List.of(Transport.SSE));
    }
    return all;
  }
}
