package dev.pacebench.runner.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command above all others; holds the options that each of them takes.
 *
 * <p>Described by calls, not by annotations as the others are: every start reads it, and for each
 * kind of annotation Java makes a class at run time, which no class-data archive can hold.
 */
final class Root implements Callable<Integer> {

  private static final String COMPLETION = "completion";
  private static final Map<String, Class<?>> COMMANDS = commands();

  private final Cli cli;

  private final CommandSpec spec;

  private Root(Cli cli) {
    this.cli = cli;
    this.spec = CommandSpec.wrapWithoutInspection(this);
    spec.name("pacebench").versionProvider(new Version());
    spec.usageMessage()
        .description("Measures how accurate coding models are, and how long they take.")
        .synopsisSubcommandLabel("COMMAND")
        .footerHeading("%nExit codes: ")
        .footer(
            "0 done, 1 a gate failed, 2 wrong usage or bad input, 3 infrastructure unavailable.",
            "Start with `pacebench demo`, then `pacebench run -t starter-terminal -l oracle-nop`.");
    for (Global global : Global.values()) {
      spec.addOption(global.option(cli));
    }
  }

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand.class);
    commands.put("run", RunCommand.class);
    commands.put("resume", ResumeCommand.class);
    commands.put("runs", RunsCommand.class);
    commands.put("status", StatusCommand.class);
    commands.put("show", ShowCommand.class);
    commands.put("table", TableCommand.class);
    commands.put("board", BoardCommand.class);
    commands.put("compare", CompareCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("what-if", WhatIfCommand.class);
    commands.put("plan", PlanCommand.class);
    commands.put("speed", SpeedCommand.class);
    commands.put("predictions", PredictionsCommand.class);
    commands.put("export", ExportCommand.class);
    commands.put("tasks", TasksCommand.class);
    commands.put("agents", AgentsCommand.class);
    commands.put("doctor", DoctorCommand.class);
    commands.put(COMPLETION, CompletionCommand.class);
    return Collections.unmodifiableMap(commands);
  }

  /** Everything there is. */
  static CommandLine commandLine(Cli cli) {
    return commandLine(cli, COMMANDS.keySet());
  }

  /** As much as these arguments need: reading what all commands take costs half a start-up. */
  static CommandLine commandLine(Cli cli, String[] args) {
    return commandLine(cli, needed(args));
  }

  private static Collection<String> needed(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--home") || args[i].equals("--db")) {
        i++;
      } else if (!args[i].startsWith("-")) {
        boolean alone = COMMANDS.containsKey(args[i]) && !args[i].equals(COMPLETION);
        return alone ? List.of(args[i]) : COMMANDS.keySet();
      }
    }
    boolean version = args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
    return version ? List.of() : COMMANDS.keySet();
  }

  private static CommandLine commandLine(Cli cli, Collection<String> commands) {
    CommandFactory factory = new CommandFactory(cli);
    CommandLine line = new CommandLine(new Root(cli).spec, factory);
    for (String command : commands) {
      line.addSubcommand(command, new CommandLine(COMMANDS.get(command), factory));
    }
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

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "no command is given");
  }
}
