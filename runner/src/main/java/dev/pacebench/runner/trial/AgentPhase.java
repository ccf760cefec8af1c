package dev.pacebench.runner.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.agent.ModelLostException;
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
 * <p>At the deadline the doors to model and sandbox shut first, so that the host side of the agent
 * cannot start anything more; then the sandbox is frozen and emptied; then the agent's thread is
 * interrupted. Waits for our own limits put the deadline off.
 */
final class AgentPhase {

  private static final long STOP_WAIT_SECONDS = 10;

  private final Agent agent;
  private final AgentContext context;
  private final Sandbox sandbox;
  private final Timeline timeline;
  private final PhaseDoor door;

  /** What of the timeline belongs to earlier phases of the same trial. */
  private final long before;

  AgentPhase(
      Agent agent, AgentContext context, Sandbox sandbox, Timeline timeline, PhaseDoor door) {
    this.agent = requireNonNull(agent, "agent is null");
    this.context = requireNonNull(context, "context is null");
    this.sandbox = requireNonNull(sandbox, "sandbox is null");
    this.timeline = requireNonNull(timeline, "timeline is null");
    this.door = requireNonNull(door, "door is null");
    this.before = timeline.agentNanos() - door.waitedNanos();
  }

  /**
   * How the phase ended.
   *
   * @param freeze present when the deadline ended it
   * @param stuck whether the agent's thread did not stop when told
   */
  record End(Ended ended, String note, Optional<FreezeReport> freeze, boolean stuck) {

    /** The same for another reason, unless the deadline ended it. */
    End because(Ended reason) {
      return ended == Ended.DEADLINE ? this : new End(reason, note, freeze, stuck);
    }
  }

  End run() throws InterruptedException {
    FutureTask<AgentEnd> task = new FutureTask<>(() -> agent.run(context));
    Thread thread = new Thread(task, "agent-" + context.task().name());
    thread.setDaemon(true);
    timeline.switchTo(TrialState.AGENT_START);
    thread.start();
    try {
      AgentEnd end = await(task);
      timeline.switchTo(TrialState.FREEZE);
      shut();
      // A thread that was scheduled late may report an end that came after the deadline.
      if (nanosLeft() < 0 || end.ended() == Ended.DEADLINE) {
        FreezeReport freeze = freeze(sandbox);
        door.requireProvider();
        return new End(Ended.DEADLINE, "", Optional.of(freeze), false);
      }
      return new End(end.ended(), end.note(), Optional.empty(), false);
    } catch (TimeoutException e) {
      timeline.switchTo(TrialState.FREEZE);
      shut();
      FreezeReport freeze = freeze(sandbox);
      task.cancel(true);
      thread.join(TimeUnit.SECONDS.toMillis(STOP_WAIT_SECONDS));
      door.requireProvider();
      return new End(Ended.DEADLINE, "", Optional.of(freeze), thread.isAlive());
    } catch (ExecutionException e) {
      timeline.switchTo(TrialState.FREEZE);
      shut();
      if (e.getCause() instanceof SandboxException sandboxFailure
          && sandboxFailure.kind() != SandboxException.Kind.BAD_REQUEST) {
        throw sandboxFailure;
      }
      freeze(sandbox);
      if (e.getCause() instanceof ModelLostException lost) {
        throw lost;
      }
      String message = String.valueOf(e.getCause());
      return new End(Ended.CRASHED, "the agent failed: " + message, Optional.empty(), false);
    } catch (InterruptedException e) {
      shut();
      thread.interrupt();
      throw e;
    }
  }

  private AgentEnd await(FutureTask<AgentEnd> task)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      try {
        return task.get(Math.max(0, nanosLeft()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (nanosLeft() <= 0) {
          throw e;
        }
      }
    }
  }

  private long nanosLeft() {
    return context.limit().toNanos() + door.waitedNanos() - (timeline.agentNanos() - before);
  }

  private void shut() throws InterruptedException {
    door.shut();
    context.commands().shut();
  }

  /** Nothing that the agent started may live on; if something does, the try proves nothing. */
  static FreezeReport freeze(Sandbox sandbox) {
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
