package dev.pacebench.runner.verify;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Output;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One run of a task's tests in a sandbox, from clean folders to a reward on the host. */
final class TestRound {

  private static final Duration PREPARE_LIMIT = Duration.ofSeconds(60);
  private static final long MAX_REPORT_BYTES = 64L << 20;

  /**
   * What stands where the tests and the reward go was made by the agent, or by an earlier round.
   */
  private static final String PREPARE =
      "for d in /logs /logs/verifier /tests; do if [ -L $d ] || [ -f $d ]; then rm -f $d; fi; done;"
          + " rm -rf /tests /logs/verifier && mkdir -p /tests /logs/verifier /logs/agent"
          + " /logs/artifacts && chmod 777 /logs/verifier";

  private static final String RUN =
      "if [ -x /tests/test.sh ]; then exec /tests/test.sh 2>&1; fi; exec bash /tests/test.sh 2>&1";

  private static final String RUN_PRINTED = "exec bash /tests/run-tests.sh 2>&1";

  /** Half of it from the end, where the summary stands. */
  private static final int PRINTED_BYTES = 16 << 20;

  private TestRound() {}

  static RewardFiles.Reading run(VerificationJob job, Sandbox sandbox)
      throws InterruptedException, IOException {
    Verifier verifier = job.task().verifier();
    CommandResult prepared = sandbox.run(Command.of(PREPARE, PREPARE_LIMIT).withUser("root"));
    if (!prepared.succeeded()) {
      return silent(
          "the sandbox's /tests and /logs/verifier could not be made anew: "
              + prepared.stderr().text().strip());
    }
    if (verifier.printed().isPresent()) {
      return printed(job, verifier.printed().get(), sandbox);
    }
    sandbox.put(verifier.testsDirectory(), "/tests", false);
    Command command = Command.of(RUN, job.timeout()).withEnv(job.env()).withWorkdir(job.workdir());
    if (verifier.user().isPresent()) {
      command = command.withUser(verifier.user().get());
    }
    CommandResult result = sandbox.run(command);
    FileTrees.deleteContent(job.verifierFolder());
    String problem = fetch(job, sandbox);
    Path log = job.verifierFolder().resolve("test-stdout.txt");
    // The name is ours: whatever a test put there gives way.
    FileTrees.delete(log);
    Files.write(log, result.stdout().text().getBytes(StandardCharsets.UTF_8));
    if (!problem.isEmpty()) {
      return silent(problem);
    }
    RewardFiles.Reading reading = RewardFiles.read(job.verifierFolder());
    return switch (result.end()) {
      case EXITED -> reading;
      case TIMED_OUT ->
          silent("the verifier ran into its limit of " + job.timeout().toSeconds() + " s");
      case KILLED, SANDBOX_ENDED, DISPATCHER_LOST -> silent("the verifier was killed");
    };
  }

  /** What the tests write counts for nothing here; what they print is read on the host. */
  private static RewardFiles.Reading printed(
      VerificationJob job, Verifier.Printed printed, Sandbox sandbox)
      throws InterruptedException, IOException {
    Verifier verifier = job.task().verifier();
    if (Files.isDirectory(verifier.testsDirectory())) {
      sandbox.put(verifier.testsDirectory(), "/tests", false);
    }
    sandbox.put(printed.script(), "/tests/run-tests.sh", false);
    Command command =
        Command.of(RUN_PRINTED, job.timeout())
            .withEnv(job.env())
            .withWorkdir(job.workdir())
            .withKeepBytes(PRINTED_BYTES);
    CommandResult result = sandbox.run(verifier.user().map(command::withUser).orElse(command));
    FileTrees.deleteContent(job.verifierFolder());
    Output output = result.stdout();
    Files.writeString(job.verifierFolder().resolve("test-stdout.txt"), output.text());
    // Beyond a gap nobody knows whether a failure was told of in it; the summary is at the end.
    String whole =
        output.dropped() == 0 ? output.text() : new String(output.tail(), StandardCharsets.UTF_8);
    return switch (result.end()) {
      case EXITED -> PrintedTests.read(printed.parser(), whole, job.verifierFolder());
      case TIMED_OUT ->
          silent("the verifier ran into its limit of " + job.timeout().toSeconds() + " s");
      case KILLED, SANDBOX_ENDED, DISPATCHER_LOST -> silent("the verifier was killed");
    };
  }

  private static String fetch(VerificationJob job, Sandbox sandbox) {
    try {
      return sandbox.get("/logs/verifier", job.verifierFolder(), MAX_REPORT_BYTES)
          ? ""
          : "the verifier removed /logs/verifier";
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        return "the verifier's report cannot be copied: " + e.getMessage();
      }
      throw e;
    }
  }

  private static RewardFiles.Reading silent(String problem) {
    return new RewardFiles.Reading(java.util.Optional.empty(), problem);
  }
}
