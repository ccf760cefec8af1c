package dev.pacebench.runner.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.FreezeReport;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs an agent up to its deadline and then stops everything it started.
 *
 * <p>At the deadline the door to the sandbox shuts first, so that the host side of the agent cannot
 * start anything more; then the sandbox is frozen and emptied; then the agent's thread is
 * interrupted.
 */
final class AgentPhase {

  private static final long STOP_WAIT_SECONDS = 10;

  private final Agent agent;
  private final AgentContext context;
  private final Sandbox sandbox;
  private final Timeline timeline;

  AgentPhase(Agent agent, AgentContext context, Sandbox sandbox, Timeline timeline) {
    this.agent = requireNonNull(agent, "agent is null");
    this.context = requireNonNull(context, "context is null");
    this.sandbox = requireNonNull(sandbox, "sandbox is null");
    this.timeline = requireNonNull(timeline, "timeline is null");
  }

  /**
   * How the phase ended.
   *
   * @param freeze present when the deadline ended it
   * @param stuck whether the agent's thread did not stop when told
   */
  record End(Ended ended, String note, Optional<FreezeReport> freeze, boolean stuck) {}

  End run() throws InterruptedException {
    FutureTask<AgentEnd> task = new FutureTask<>(() -> agent.run(context));
    Thread thread = new Thread(task, "agent-" + context.task().name());
    thread.setDaemon(true);
    timeline.switchTo(TrialState.AGENT_START);
    thread.start();
    try {
      AgentEnd end = task.get(context.limit().toNanos(), TimeUnit.NANOSECONDS);
      timeline.switchTo(TrialState.FREEZE);
      context.commands().shut();
      // A thread that was scheduled late may report an end that came after the deadline.
      if (timeline.agentNanos() > context.limit().toNanos() || end.ended() == Ended.DEADLINE) {
        return new End(Ended.DEADLINE, "", Optional.of(freeze()), false);
      }
      return new End(end.ended(), end.note(), Optional.empty(), false);
    } catch (TimeoutException e) {
      timeline.switchTo(TrialState.FREEZE);
      context.commands().shut();
      FreezeReport freeze = freeze();
      task.cancel(true);
      thread.join(TimeUnit.SECONDS.toMillis(STOP_WAIT_SECONDS));
      return new End(Ended.DEADLINE, "", Optional.of(freeze), thread.isAlive());
    } catch (ExecutionException e) {
      timeline.switchTo(TrialState.FREEZE);
      context.commands().shut();
      if (e.getCause() instanceof SandboxException sandboxFailure
          && sandboxFailure.kind() != SandboxException.Kind.BAD_REQUEST) {
        throw sandboxFailure;
      }
      freeze();
      String message = String.valueOf(e.getCause());
      return new End(Ended.CRASHED, "the agent failed: " + message, Optional.empty(), false);
    } catch (InterruptedException e) {
      context.commands().shut();
      thread.interrupt();
      throw e;
    }
  }

  /** Nothing that the agent started may live on; if something does, the try proves nothing. */
  private FreezeReport freeze() {
    FreezeReport report = sandbox.freezeAndKill();
    if (!report.remaining().isEmpty()) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          report.remaining().size() + " processes outlived the deadline",
          "see the engine's log");
    }
    return report;
  }
}
