package dev.pacebench.runner.agent;

import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.model.Turn;
import dev.pacebench.runner.model.TurnListener;
import dev.pacebench.tasks.Interruption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a task's new instructions to the loop while it works, in the order of the task.
 *
 * <p>Whatever goes on when one comes is stopped at once: an answer that the model is giving, or a
 * command. One whose time passes while an earlier one is still being said follows it. What comes at
 * a time is kept by a thread of its own; tasks without any have none.
 */
final class LoopSteering implements AutoCloseable {

  /** An answer was cut off from within. */
  private static final class CutOff extends RuntimeException {

    private static final long serialVersionUID = 1;

    CutOff() {
      super("new instructions came", null, false, false);
    }
  }

  /** Asks a model. */
  interface Question {
    Turn ask(TurnListener live) throws InterruptedException, LoopModel.EndsRun;
  }

  private final Deque<Interruption> pending;
  private final int planned;
  private final InterruptionLog arrivals;
  private final Ticker ticker;
  private final long start;
  private final @Nullable ScheduledExecutorService timer;
  private final StringBuilder said = new StringBuilder();
  private @Nullable Interruption arrived;
  private @Nullable Runnable stop;
  private boolean stopped;

  /**
   * @param start when the agent phase began
   */
  LoopSteering(AgentContext context, Ticker ticker, long start) {
    this.pending = new ArrayDeque<>(context.task().interruptions());
    this.planned = pending.size();
    this.arrivals = context.interruptions();
    this.ticker = ticker;
    this.start = start;
    boolean timed = pending.stream().anyMatch(next -> next.atTime().isPresent());
    this.timer =
        timed
            ? Executors.newSingleThreadScheduledExecutor(
                work -> {
                  Thread thread = new Thread(work, "interruptions");
                  thread.setDaemon(true);
                  return thread;
                })
            : null;
    arm();
  }

  /** The instruction that has come and was not said yet; it is said once. */
  synchronized Optional<String> take() {
    Interruption came = arrived;
    arrived = null;
    if (came != null) {
      arm();
    }
    return Optional.ofNullable(came).map(Interruption::instruction);
  }

  /** Whether an instruction has come that was not said yet. */
  synchronized boolean waiting() {
    return arrived != null;
  }

  /** What the model had said in the answer that was cut off. */
  String said() {
    return said.toString().strip();
  }

  /**
   * Asks, unless an instruction comes first.
   *
   * @param number of the turn
   * @return empty when the answer was cut off
   */
  Optional<Turn> ask(int number, Question question) throws InterruptedException, LoopModel.EndsRun {
    if (planned == 0) {
      return Optional.of(question.ask(TurnListener.NONE));
    }
    said.setLength(0);
    TurnListener live =
        (kind, text) -> {
          if (kind == TurnListener.Kind.TEXT) {
            said.append(text);
          }
          if (dueAt(number)) {
            throw new CutOff();
          }
        };
    boolean wasStopped = false;
    enter(Thread.currentThread()::interrupt);
    try {
      Turn turn = question.ask(live);
      // An answer that came as a whole gave no chance to come while it was made.
      dueAt(number);
      return Optional.of(turn);
    } catch (CutOff e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      wasStopped = leave();
      if (!wasStopped) {
        throw e;
      }
      return Optional.empty();
    } finally {
      if (leave() && !wasStopped) {
        // It came as the answer ended: the interruption is over with the question.
        Thread.interrupted();
      }
    }
  }

  /** From here on {@code how} stops what is being done, once an instruction comes. */
  synchronized void enter(Runnable how) {
    stop = how;
    stopped = false;
    if (arrived != null) {
      stopNow();
    }
  }

  /** Nothing is being done any more that could be stopped; whether it was. */
  synchronized boolean leave() {
    stop = null;
    return stopped;
  }

  private synchronized boolean dueAt(int number) {
    Interruption next = pending.peek();
    if (arrived != null || next == null || next.atTurn().isEmpty()) {
      return false;
    }
    if (next.atTurn().getAsInt() > number) {
      return false;
    }
    come(next);
    return true;
  }

  private synchronized void timeCame(Interruption expected) {
    if (arrived == null && pending.peek() == expected) {
      come(expected);
      stopNow();
    }
  }

  private void come(Interruption next) {
    pending.remove();
    arrived = next;
    arrivals.arrived(ticker.nanos());
  }

  private void stopNow() {
    Runnable how = stop;
    if (how != null && !stopped) {
      stopped = true;
      how.run();
    }
  }

  private void arm() {
    Interruption next = pending.peek();
    if (timer != null && next != null && next.atTime().isPresent() && !timer.isShutdown()) {
      long wait = next.atTime().get().toNanos() - (ticker.nanos() - start);
      var unused = timer.schedule(() -> timeCame(next), Math.max(0, wait), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
