package dev.pacebench.runner.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this JVM, as a shell would. */
public final class CommandLineTester {

  /** What a command left behind. */
  public record Result(int code, String out, String err) {}

  private final Map<String, String> env = new HashMap<>();

  public CommandLineTester(Path home) {
    env.put("PACEBENCH_HOME", home.toString());
    env.put("PATH", System.getenv("PATH"));
  }

  CommandLineTester with(String variable, String value) {
    env.put(variable, value);
    return this;
  }

  public Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            env);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
