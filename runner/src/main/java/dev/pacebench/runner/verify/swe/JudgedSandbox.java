package dev.pacebench.runner.verify.swe;

import static java.util.Objects.requireNonNull;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.tasks.CodeChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fresh sandbox with the task's repository in it, and what judging there needs.
 *
 * @param env of the task's own commands
 * @param limit of the command that runs the tests
 * @param folder for what the tests print
 * @param scratch an existing folder for copies
 */
record JudgedSandbox(
    Sandbox sandbox,
    CodeChange change,
    Map<String, String> env,
    Duration limit,
    Path folder,
    Path scratch) {

  /** Of our own scripts, and of what must be done before the tests. */
  static final Duration STEP_LIMIT = Duration.ofMinutes(10);

  JudgedSandbox {
    requireNonNull(sandbox, "sandbox is null");
    requireNonNull(change, "change is null");
    env = Map.copyOf(env);
  }

  /** Puts bytes into a file that nobody knew before, and returns its path. */
  String put(byte[] bytes) throws IOException {
    Path copy = Files.createTempFile(scratch, "put-", ".tmp");
    String target = Scripts.freshPath();
    try {
      Files.write(copy, bytes);
      sandbox.put(copy, target, false);
    } finally {
      Files.delete(copy);
    }
    return target;
  }

  CommandResult script(String name, Map<String, String> values) throws InterruptedException {
    Map<String, String> all = new TreeMap<>(values);
    all.put("PB_WORKDIR", change.workdir());
    return Scripts.run(sandbox, name, all, STEP_LIMIT);
  }

  Command command(String script, Duration limit) {
    return Command.of(script, limit).withEnv(env).withWorkdir(change.workdir());
  }

  /** Runs a command whose output is parsed; its log keeps the given name. */
  TestRun tests(String script, String log) throws InterruptedException, IOException {
    return TestRun.run(sandbox, command(script, limit), folder.resolve(log));
  }
}
