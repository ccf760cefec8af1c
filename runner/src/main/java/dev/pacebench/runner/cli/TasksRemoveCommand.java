package dev.pacebench.runner.cli;

import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.sandbox.Owner;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets an imported set. */
@Command(
    name = "remove",
    description =
        "Forget an imported set; results stay, and so do files that were only referred to.")
final class TasksRemoveCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(paramLabel = "NAME", description = "The name it was imported under.")
  private String name = "";

  TasksRemoveCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Home home = cli.home();
    try (OwnerLock lock = OwnerLock.take(home, Owner.self())) {
      Installation.locate().taskSets(home).remove(name);
    }
    if (cli.isJson()) {
      cli.json(Map.of("removed", name));
    } else {
      cli.line("removed " + Cli.safe(name, 80));
    }
    return 0;
  }
}
