package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.table.Look;
import dev.pacebench.leaderboard.table.TableRequest;
import dev.pacebench.runner.home.Home;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every command works with: streams, environment and the global options. */
final class Cli {

  static final String HOME_VARIABLE = "PACEBENCH_HOME";
  private static final String DEFAULT_HOME = "pacebench-home";

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> env;

  private @Nullable Path homeOption;
  private @Nullable String databaseOption;
  private boolean quiet;
  private boolean verbose;
  private boolean json;
  private boolean plain;
  private @Nullable AgentCatalog catalog;

  Cli(PrintStream out, PrintStream err, Map<String, String> env) {
    this.out = out;
    this.err = err;
    this.env = Map.copyOf(env);
  }

  void home(Path home) {
    this.homeOption = home;
  }

  void database(String url) {
    this.databaseOption = url;
  }

  void quiet(boolean quiet) {
    this.quiet = quiet;
  }

  void verbose(boolean verbose) {
    this.verbose = verbose;
  }

  void useJson() {
    this.json = true;
  }

  void plain(boolean plain) {
    this.plain = plain;
  }

  /** {@code --home}, else {@code $PACEBENCH_HOME}, else a folder here. */
  Home home() {
    if (homeOption != null) {
      return new Home(homeOption);
    }
    String variable = env.getOrDefault(HOME_VARIABLE, "");
    return new Home(Path.of(variable.isEmpty() ? DEFAULT_HOME : variable));
  }

  /** All agents; read once. */
  AgentCatalog catalog() {
    if (catalog == null) {
      catalog = AgentCatalog.read(this, Installation.locate(), home());
    }
    return catalog;
  }

  /** How to name this home in a command that is suggested; empty when none need be named. */
  String homeArgument() {
    return homeOption == null ? "" : " --home " + quoted(homeOption.toString());
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./~+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** URL of a database server, when one was named. */
  @Nullable String databaseUrl() {
    return databaseOption != null
        ? databaseOption
        : env.get(dev.pacebench.runner.store.Database.URL_VARIABLE);
  }

  Map<String, String> env() {
    return env;
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean isVerbose() {
    return verbose;
  }

  boolean isJson() {
    return json;
  }

  /** Whether results on stdout may be coloured. */
  boolean colourOut() {
    return colour() && Terminal.isTerminal(1);
  }

  /** Whether messages on stderr may be coloured. */
  boolean colourErr() {
    return colour() && Terminal.isTerminal(2);
  }

  private boolean colour() {
    boolean dumb = env.getOrDefault("TERM", "dumb").equals("dumb");
    return !plain && !json && !dumb && env.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** What a table on stdout may use; one that must show what was asked for may be wider. */
  Look look(TableRequest request) {
    if (!Terminal.isTerminal(1)) {
      return Look.PLAIN;
    }
    int columns = Terminal.columns();
    boolean colour = colourOut();
    return new Look(
        request.columns().isEmpty() ? Math.min(Look.WIDEST, columns) : columns,
        colour,
        Terminal.isUtf8(env),
        colour);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** A line of the result. */
  void line(String text) {
    out.println(text);
  }

  /** One JSON document, or one line of JSON lines, as the result. */
  void json(Object value) {
    out.println(Json.line(value));
  }

  /** A line for people while something goes on; silent with {@code -q}. */
  void note(String text) {
    if (!quiet) {
      // Results are buffered; on a terminal they belong above what is said about them.
      out.flush();
      err.println(text);
    }
  }

  /** A warning for people; silent with {@code -q}. */
  void warning(String text) {
    note("warning: " + text);
  }

  /** Text that others chose, cut and made harmless for a terminal. */
  static String safe(String text, int columns) {
    return SafeText.terminal(text, columns);
  }

  /** As {@link #safe}, for text of several lines, such as a build's output. */
  static List<String> safeLines(String text, int columns) {
    return text.lines().map(line -> safe(line, columns)).toList();
  }
}
