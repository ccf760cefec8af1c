package dev.pacebench.runner.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The options that stand before or after any command. */
enum Global {
  HOME(
      Path.class,
      "DIR",
      "Where runs are kept (default: $PACEBENCH_HOME, else ./pacebench-home).",
      "--home"),
  DATABASE(
      String.class,
      "URL",
      "A PostgreSQL database in place of the home's file (default: $PACEBENCH_DB_URL).",
      "--db"),
  QUIET(boolean.class, "", "Only results and errors.", "-q", "--quiet"),
  VERBOSE(boolean.class, "", "Log what happens, and show stack traces.", "-v", "--verbose"),
  JSON(boolean.class, "", "Results as JSON on stdout, everything else on stderr.", "--json"),
  NO_COLOR(boolean.class, "", "No colours.", "--no-color"),
  HELP(boolean.class, "", "Show this help.", "-h", "--help"),
  VERSION(boolean.class, "", "Show the version.", "-V", "--version");

  private final Class<?> type;
  private final String label;
  private final String description;
  private final String[] names;

  Global(Class<?> type, String label, String description, String... names) {
    this.type = type;
    this.label = label;
    this.description = description;
    this.names = names;
  }

  OptionSpec option(Cli cli) {
    OptionSpec.Builder builder =
        OptionSpec.builder(names).type(type).description(description).setter(new Setter(this, cli));
    if (!label.isEmpty()) {
      builder.paramLabel(label);
    }
    if (this == VERSION) {
      return builder.versionHelp(true).build();
    }
    return builder.usageHelp(this == HELP).scopeType(ScopeType.INHERIT).build();
  }

  private record Setter(Global global, Cli cli) implements ISetter {

    /** A command that inherits an option resets it before it reads its own: that says nothing. */
    @Override
    public <T> @Nullable T set(@Nullable T value) {
      if (value instanceof Path home) {
        cli.home(home);
      } else if (value instanceof String url) {
        cli.database(url);
      } else if (Boolean.TRUE.equals(value)) {
        switch (global) {
          case QUIET -> cli.quiet(true);
          case VERBOSE -> cli.verbose(true);
          case JSON -> cli.useJson();
          case NO_COLOR -> cli.plain(true);
          default -> {}
        }
      }
      return value;
    }
  }
}
