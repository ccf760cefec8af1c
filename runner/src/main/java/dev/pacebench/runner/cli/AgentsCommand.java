package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.Agents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Groups the commands about agents. */
@Command(
    name = "agents",
    description = "Look at the agents that lineups can name.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AgentsCommand.ListCommand.class)
final class AgentsCommand implements Runnable {

  @Override
  public void run() {
    throw new UserError("pacebench agents", "no command is given", "use `pacebench agents list`");
  }

  /** Lists agents. */
  @Command(name = "list", description = "List the agents that lineups can name.")
  static final class ListCommand implements Callable<Integer> {

    private final Cli cli;

    ListCommand(Cli cli) {
      this.cli = cli;
    }

    @Override
    public Integer call() {
      Columns columns = new Columns("agent", "version", "model");
      for (Agent agent : Agents.bundled(cli.env()).all().values()) {
        if (cli.isJson()) {
          Map<String, Object> object = new LinkedHashMap<>();
          object.put("agent", agent.name());
          object.put("version", agent.version());
          object.put("needs_model", agent.needsModel());
          cli.json(object);
        } else {
          columns.row(
              agent.name(), agent.version(), agent.needsModel() ? "needs one" : "needs none");
        }
      }
      if (!cli.isJson()) {
        cli.out().print(columns.text());
      }
      return 0;
    }
  }
}
