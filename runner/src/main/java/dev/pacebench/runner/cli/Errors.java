package dev.pacebench.runner.cli;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Turns what went wrong into two lines and an exit code; the one place that words it. */
final class Errors {

  static final int BAD_INPUT = 2;
  static final int INFRASTRUCTURE = 3;

  private static final int PROBLEMS_SHOWN = 20;

  private Errors() {}

  /** Tells of a command line that does not parse. */
  static int usage(Cli cli, CommandLine.ParameterException problem, String[] args) {
    // The options may not have been read when parsing failed.
    if (Arrays.asList(args).contains("--json")) {
      cli.useJson();
    }
    if (problem.getCause() instanceof UserError cause) {
      return report(cli, cause);
    }
    CommandLine line = problem.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    String suggestion =
        problem instanceof CommandLine.UnmatchedArgumentException unmatched
            ? suggestion(line, unmatched)
            : "";
    return tell(
        cli,
        BAD_INPUT,
        lowerFirst(message(problem)),
        suggestion + "`" + name + " --help` shows what it takes");
  }

  private static String suggestion(
      CommandLine line, CommandLine.UnmatchedArgumentException unmatched) {
    List<String> words = new java.util.ArrayList<>(line.getSubcommands().keySet());
    line.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
    List<String> given = unmatched.getUnmatched();
    return given.isEmpty()
        ? ""
        : dev.pacebench.runner.lineup.Nearest.of(given.get(0), words)
            .map(word -> "did you mean `" + word + "`? ")
            .orElse("");
  }

  private static String lowerFirst(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }

  /** Tells of an exception and says which exit code it is. */
  static int report(Cli cli, Throwable problem) {
    int code;
    if (problem instanceof UserError error) {
      code = tell(cli, BAD_INPUT, message(error), error.remedy());
    } else if (problem instanceof InfrastructureError error) {
      code = tell(cli, INFRASTRUCTURE, message(error), error.remedy());
    } else if (problem instanceof SandboxException error) {
      boolean bad = error.kind() == SandboxException.Kind.BAD_REQUEST;
      code = tell(cli, bad ? BAD_INPUT : INFRASTRUCTURE, message(error), error.remedy());
    } else if (problem instanceof TaskException error) {
      code = tasks(cli, error);
    } else {
      code =
          tell(
              cli,
              INFRASTRUCTURE,
              "unexpected: " + problem,
              "the same command with -v shows where; please report it");
    }
    if (cli.isVerbose()) {
      problem.printStackTrace(cli.err());
    }
    return code;
  }

  private static int tasks(Cli cli, TaskException error) {
    List<Problem> problems =
        error.problems().stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .collect(Collectors.toList());
    if (problems.size() == 1) {
      Problem only = problems.get(0);
      return tell(cli, BAD_INPUT, only.where() + ": " + only.what(), only.remedy());
    }
    StringBuilder text = new StringBuilder(problems.size() + " problems");
    problems.stream().limit(PROBLEMS_SHOWN).forEach(problem -> text.append("\n  ").append(problem));
    if (problems.size() > PROBLEMS_SHOWN) {
      text.append("\n  and ").append(problems.size() - PROBLEMS_SHOWN).append(" more");
    }
    return tell(cli, BAD_INPUT, text.toString(), "mend each of them as it says");
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  private static int tell(Cli cli, int code, String what, String remedy) {
    cli.out().flush();
    if (cli.isJson()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("error", what);
      object.put("remedy", remedy);
      object.put("exit_code", code);
      cli.err().println(Json.line(object));
    } else {
      boolean colour = cli.colourErr();
      cli.err().println((colour ? "\u001b[31merror:\u001b[0m " : "error: ") + harmless(what));
      cli.err().println((colour ? "\u001b[1mremedy:\u001b[0m " : "remedy: ") + harmless(remedy));
    }
    return code;
  }

  /** Keeps line feeds, since lists of problems have them; names in them were checked by line. */
  private static String harmless(String text) {
    return text.lines().map(line -> Cli.safe(line, 2000)).collect(Collectors.joining("\n"));
  }
}
