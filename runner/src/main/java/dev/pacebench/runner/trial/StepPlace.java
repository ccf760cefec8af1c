package dev.pacebench.runner.trial;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Prepares the sandbox and the tests for one step. */
final class StepPlace {

  private static final Duration CLEAR_LIMIT = Duration.ofSeconds(60);

  /** Of a step's setup.sh. */
  static final Duration SETUP_LIMIT = Duration.ofSeconds(360);

  private static final int SHOWN = 300;

  /** No step's agent sees what judged or solved an earlier one. */
  private static final String CLEAR =
      "for d in /logs /logs/agent /logs/verifier /tests /solution; do"
          + " if [ -L $d ] || [ -f $d ]; then rm -f $d; fi; done; "
          + "rm -rf /tests /solution /logs/verifier /logs/agent && mkdir -p /logs/agent"
          + " && chmod 777 /logs/agent";

  private StepPlace() {}

  /**
   * Makes the sandbox ready for a step's agent.
   *
   * @param first whether no agent has been in the sandbox yet
   * @return why the step cannot begin; empty when it can
   */
  static String prepare(Sandbox sandbox, Step step, String workdir, boolean first)
      throws InterruptedException {
    if (!first) {
      sandbox.renewDispatcher();
      CommandResult cleared = sandbox.run(Command.of(CLEAR, CLEAR_LIMIT).withUser("root"));
      if (!cleared.succeeded()) {
        return "what the step before left could not be cleared: " + shown(cleared);
      }
    }
    if (step.workdir().isPresent()) {
      String problem = setUp(sandbox, step.workdir().get(), workdir);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    try {
      step.healthcheck().ifPresent(check -> Healthchecks.await(check, sandbox));
      return "";
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        return String.valueOf(e.getMessage());
      }
      throw e;
    }
  }

  private static String setUp(Sandbox sandbox, Path files, String workdir)
      throws InterruptedException {
    sandbox.put(files, workdir, false);
    if (!Files.isRegularFile(files.resolve("setup.sh"), LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    String command = "if command -v bash >/dev/null; then exec bash setup.sh; fi; exec sh setup.sh";
    CommandResult result = sandbox.run(Command.of(command, SETUP_LIMIT).withWorkdir(workdir));
    if (result.succeeded()) {
      return "";
    }
    return switch (result.end()) {
      case EXITED ->
          "its setup.sh ended with exit code " + result.exitCode() + ": " + shown(result);
      case TIMED_OUT -> "its setup.sh did not end within " + SETUP_LIMIT.toSeconds() + " s";
      case KILLED, SANDBOX_ENDED, DISPATCHER_LOST -> "its setup.sh was killed";
    };
  }

  private static String shown(CommandResult result) {
    String text = result.stderr().text().replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() <= SHOWN ? text : "..." + text.substring(text.length() - SHOWN);
  }

  /**
   * The step's tests: those of the task with the step's own laid over them.
   *
   * @param scratch an existing folder for the copy
   */
  static Path tests(Task task, Step step, Path scratch) throws IOException {
    Path shared = task.verifier().testsDirectory();
    Path own = step.verifier().testsDirectory();
    if (own.equals(shared) || !Files.isDirectory(shared, LinkOption.NOFOLLOW_LINKS)) {
      return own;
    }
    Path merged = Files.createTempDirectory(scratch, "tests-");
    // What lies in the sandbox later may be read by a verifier that is not root.
    Files.setPosixFilePermissions(merged, PosixFilePermissions.fromString("rwxr-xr-x"));
    copy(shared, merged);
    copy(own, merged);
    return merged;
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
          FileTrees.delete(target);
          Files.createDirectories(target);
        }
      } else {
        FileTrees.delete(target);
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
