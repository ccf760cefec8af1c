package dev.pacebench.runner.gateway.simulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller's tool that runs shell commands, and how it wants them.
 *
 * @param name as the caller calls it
 * @param namespace the group that it lies in, if any
 * @param builtIn whether it is the protocol's own local shell rather than a function
 * @param field argument that takes the command
 * @param list whether the command is a list of arguments rather than one string
 * @param others further required arguments, as JSON
 */
record ShellTool(
    String name,
    @Nullable String namespace,
    boolean builtIn,
    String field,
    boolean list,
    Map<String, String> others) {

  /** Tools of this name are taken first, in this order. */
  static final List<String> NAMES =
      List.of(
          "shell",
          "exec_command",
          "bash",
          "run_shell_command",
          "local_shell",
          "shell_command",
          "execute_bash",
          "execute_command",
          "run_command",
          "run_terminal_cmd",
          "run_in_terminal",
          "terminal",
          "container.exec");

  private static final List<String> SUBSTITUTIONS = List.of("$(", "`", "<(", ">(");

  /** Arguments that take a command, the likeliest first. */
  static final List<String> FIELDS = List.of("command", "cmd", "script", "bash_command");

  ShellTool {
    others = Map.copyOf(others);
  }

  /** The arguments that run a command, as JSON. */
  String arguments(String command) {
    JsonText arguments = new JsonText();
    arguments.raw(field, list ? commandLine(command) : JsonText.quote(command));
    // Sorted, so that equal seeds give equal bytes.
    others.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(other -> arguments.raw(other.getKey(), other.getValue()));
    return arguments.end();
  }

  /**
   * The command as Gemini CLI runs it, which refuses every command in which it sees a substitution;
   * a model that works with it learns that.
   */
  static String unseen(String command) {
    return SUBSTITUTIONS.stream().anyMatch(command::contains)
        ? "eval '" + command.replace("'", "'\\''") + "'"
        : command;
  }

  /** A list of arguments that makes a shell run the command. */
  static String commandLine(String command) {
    return "[\"bash\",\"-lc\"," + JsonText.quote(command) + "]";
  }

  /** The best of those offered. */
  static Optional<ShellTool> best(List<ShellTool> offered) {
    ShellTool best = null;
    int bestRank = Integer.MAX_VALUE;
    for (ShellTool tool : offered) {
      int rank = NAMES.indexOf(tool.name().toLowerCase(java.util.Locale.ROOT));
      rank = rank < 0 ? NAMES.size() : rank;
      if (rank < bestRank) {
        best = tool;
        bestRank = rank;
      }
    }
    return Optional.ofNullable(best);
  }
}
