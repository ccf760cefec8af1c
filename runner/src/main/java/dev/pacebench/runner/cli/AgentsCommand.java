package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import picocli.CommandLine.Command;

/** Groups the commands about agents. */
@Command(
    name = "agents",
    description = "Look at the agents that lineups can name.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AgentsListCommand.class, AgentsCheckCommand.class})
final class AgentsCommand implements Runnable {

  @Override
  public void run() {
    throw new UserError(
        "pacebench agents",
        "no command is given",
        "use `pacebench agents list` or `pacebench agents check NAME`");
  }
}
