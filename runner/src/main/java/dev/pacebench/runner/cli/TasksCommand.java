package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import picocli.CommandLine.Command;

/** Groups the commands about task sets. */
@Command(
    name = "tasks",
    description = "Look at task sets and tasks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TasksListCommand.class, TasksShowCommand.class})
final class TasksCommand implements Runnable {

  @Override
  public void run() {
    throw new UserError(
        "pacebench tasks",
        "no command is given",
        "use `pacebench tasks list` or `pacebench tasks show`");
  }
}
