package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import picocli.CommandLine.Command;

/** Groups the commands about task sets. */
@Command(
    name = "tasks",
    description = "Look at task sets, write tasks, check and import them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TasksListCommand.class,
      TasksShowCommand.class,
      TasksNewCommand.class,
      TasksCheckCommand.class,
      TasksImportCommand.class,
      TasksRemoveCommand.class
    })
final class TasksCommand implements Runnable {

  @Override
  public void run() {
    throw new UserError(
        "pacebench tasks",
        "no command is given",
        "use `pacebench tasks list`, or one of show, new, check, import and remove");
  }
}
