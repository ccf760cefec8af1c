package dev.pacebench.runner.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/**
 * The command line's entry.
 *
 * <p>{@link #run} can be called any number of times in one JVM; only {@link #main} ends it.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out, 1 << 16);
    PrintStream err = stream(FileDescriptor.err, 1 << 10);
    int code = run(args, out, err, System.getenv());
    System.exit(code);
  }

  /** Runs one command with this process's environment. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, System.getenv());
  }

  /**
   * Runs one command.
   *
   * @return 0 done, 1 a gate failed, 2 wrong usage or bad input, 3 infrastructure unavailable
   */
  public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> env) {
    Cli cli = new Cli(out, err, env);
    int code;
    try {
      CommandLine line = Root.commandLine(cli, args);
      Reporter reporter = new Reporter(cli);
      line.setParameterExceptionHandler(reporter);
      line.setExecutionExceptionHandler(reporter);
      code = line.execute(args);
    } catch (RuntimeException | StackOverflowError e) {
      code = Errors.report(cli, e);
    }
    out.flush();
    err.flush();
    return code;
  }

  /** A class of its own: lambdas of these interfaces cannot be in a class-data archive. */
  private record Reporter(Cli cli)
      implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

    @Override
    public int handleParseException(CommandLine.ParameterException problem, String[] given) {
      return Errors.usage(cli, problem, given);
    }

    @Override
    public int handleExecutionException(
        Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
      return Errors.report(cli, problem);
    }
  }

  /** Flushes per line only where that is cheap; a broken pipe only sets the stream's error flag. */
  private static PrintStream stream(FileDescriptor descriptor, int buffer) {
    OutputStream raw = new FileOutputStream(descriptor);
    boolean flushLines = descriptor == FileDescriptor.err;
    return new PrintStream(
        new java.io.BufferedOutputStream(raw, buffer), flushLines, StandardCharsets.UTF_8);
  }
}
