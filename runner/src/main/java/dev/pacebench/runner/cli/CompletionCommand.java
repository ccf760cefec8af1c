package dev.pacebench.runner.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes this command line in bash and zsh. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh: source <(pacebench completion)")
final class CompletionCommand implements Callable<Integer> {

  private final Cli cli;

  @Spec private CommandSpec spec;

  CompletionCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    cli.out().print(AutoComplete.bash("pacebench", spec.root().commandLine()));
    return 0;
  }
}
