package dev.pacebench.runner.trial;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Healthcheck;
import java.time.Duration;

/** Waits until a task's sandbox is healthy. */
final class Healthchecks {

  private Healthchecks() {}

  /**
   * Returns once the check has succeeded.
   *
   * @throws SandboxException when it failed more than the allowed number of times in a row
   */
  static void await(Healthcheck check, Sandbox sandbox) {
    try {
      long startPeriodEnd = System.nanoTime() + check.startPeriod().toNanos();
      int failures = 0;
      while (true) {
        if (sandbox.run(Command.of(check.command(), check.timeout())).succeeded()) {
          return;
        }
        boolean starting = System.nanoTime() < startPeriodEnd;
        if (!starting && ++failures > check.retries()) {
          throw new SandboxException(
              SandboxException.Kind.BAD_REQUEST,
              "the environment's healthcheck failed " + failures + " times: " + check.command(),
              "repair the task's environment, or its healthcheck");
        }
        Duration pause = starting ? check.startInterval() : check.interval();
        Thread.sleep(Math.max(1, pause.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "stopped while waiting for the environment",
          "resume the run",
          e);
    }
  }
}
