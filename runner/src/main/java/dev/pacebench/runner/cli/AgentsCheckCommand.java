package dev.pacebench.runner.cli;

import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.install.Installed;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries an agent: installs its program, and gives it a task with a simulated model. */
@Command(
    name = "check",
    description = "Install an agent and try it on an easy task with a simulated model.",
    sortOptions = false)
final class AgentsCheckCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(paramLabel = "NAME", description = "An agent that `pacebench agents list` names.")
  private String name = "";

  @Option(
      names = "--sandbox",
      paramLabel = "KIND",
      description = "docker, or local: for machines without an engine (default: docker).")
  private String sandbox = Providers.DOCKER;

  AgentsCheckCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws Exception {
    Providers.checkName(sandbox);
    AgentCatalog catalog = cli.catalog();
    Agent agent = catalog.named(name);
    Optional<AgentManifest> manifest = catalog.manifest(name);
    List<AgentFinding> findings = new ArrayList<>();
    if (manifest.isPresent()) {
      tell(findings, AgentFinding.good("manifest", "read: version " + manifest.get().version()));
      Installed installed = catalog.installer().ensure(manifest.get());
      tell(findings, AgentFinding.good("program", program(installed)));
    }
    try (AgentTrial trial = AgentTrial.open(cli, agent, manifest, sandbox)) {
      for (AgentTrial.Way way : trial.ways()) {
        trial.run(way).forEach(finding -> tell(findings, finding));
      }
      boolean good = findings.stream().allMatch(AgentFinding::holds);
      if (!good) {
        cli.note("evidence: " + trial.keep());
      }
      if (cli.isJson()) {
        cli.json(document(agent, findings, good));
      }
      return good ? 0 : 1;
    }
  }

  private void tell(List<AgentFinding> findings, AgentFinding finding) {
    findings.add(finding);
    if (!cli.isJson()) {
      cli.line(finding.line(cli.colourOut()));
      cli.out().flush();
    }
  }

  private static String program(Installed installed) {
    if (installed.folder().isEmpty()) {
      return "none to install";
    }
    int count = installed.packages().size();
    return (count == 0 ? "" : count + (count == 1 ? " package: " : " packages: "))
        + installed.folder().get()
        + "/"
        + installed.program().orElse("");
  }

  private static Map<String, Object> document(
      Agent agent, List<AgentFinding> findings, boolean good) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("agent", agent.name());
    object.put("version", agent.version());
    object.put("holds", good);
    object.put("checks", findings.stream().map(AgentFinding::document).toList());
    return object;
  }
}
