package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.sandbox.Sandbox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sets an agent up, on a thread of its own.
 *
 * <p>A set-up that hangs on the host would hold its slot for ever, since closing its sandbox does
 * not reach it.
 */
final class SetUp {

  private static final long STOP_WAIT_SECONDS = 10;

  private SetUp() {}

  /**
   * Runs it.
   *
   * @return how the trial's agent ended when it was not set up in time; nothing of it is left in
   *     the sandbox then
   */
  static Optional<AgentPhase.End> run(
      Agent agent, AgentContext context, Sandbox sandbox, Duration limit)
      throws InterruptedException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              agent.setUp(context);
              return null;
            });
    Thread thread = new Thread(task, "setup-" + context.task().name());
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      context.commands().shut();
      AgentPhase.freeze(sandbox);
      task.cancel(true);
      thread.join(TimeUnit.SECONDS.toMillis(STOP_WAIT_SECONDS));
      return Optional.of(
          new AgentPhase.End(
              Ended.CRASHED,
              "the agent was not set up within " + limit.toSeconds() + " s",
              Optional.empty(),
              thread.isAlive()));
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      context.commands().shut();
      thread.interrupt();
      throw e;
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure)
      throws InterruptedException {
    Throwable cause = failure.getCause();
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException plain ? plain : new IllegalStateException(cause);
  }
}
