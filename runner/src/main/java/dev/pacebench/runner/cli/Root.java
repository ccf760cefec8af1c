package dev.pacebench.runner.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above all others; holds the options that each of them takes. */
@Command(
    name = "pacebench",
    description = "Measures how accurate coding models are, and how long they take.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ResumeCommand.class,
      RunsCommand.class,
      StatusCommand.class,
      ShowCommand.class,
      TableCommand.class,
      ExportCommand.class,
      TasksCommand.class,
      AgentsCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nExit codes: ",
    footer = {
      "0 done, 1 a gate failed, 2 wrong usage or bad input, 3 infrastructure unavailable.",
      "Start with `pacebench demo`, then `pacebench run -t starter-terminal -l oracle-nop`."
    })
final class Root implements Callable<Integer> {

  private final Cli cli;

  @Spec private CommandSpec spec;

  Root(Cli cli) {
    this.cli = cli;
  }

  static CommandLine commandLine(Cli cli) {
    CommandLine line = new CommandLine(new Root(cli), new CommandFactory(cli));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setOut(writer(cli.out()));
    line.setErr(writer(cli.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            cli.colourOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where runs are kept (default: $PACEBENCH_HOME, else ./pacebench-home).")
  void home(Path home) {
    if (home != null) {
      cli.home(home);
    }
  }

  @Option(
      names = "--db",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "A PostgreSQL database in place of the home's file (default: $PACEBENCH_DB_URL).")
  void database(String url) {
    if (url != null) {
      cli.database(url);
    }
  }

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Only results and errors.")
  void quiet(boolean quiet) {
    if (quiet) {
      cli.quiet(true);
    }
  }

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what happens, and show stack traces.")
  void verbose(boolean verbose) {
    if (verbose) {
      cli.verbose(true);
    }
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Results as JSON on stdout, everything else on stderr.")
  void json(boolean json) {
    if (json) {
      cli.useJson();
    }
  }

  @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours.")
  void noColor(boolean plain) {
    if (plain) {
      cli.plain(true);
    }
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads the annotation, and nobody the field.
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("unused")
  private boolean version;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "no command is given");
  }
}
