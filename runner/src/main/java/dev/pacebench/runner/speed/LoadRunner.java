package dev.pacebench.runner.speed;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.model.Input;
import dev.pacebench.runner.model.ModelException;
import dev.pacebench.runner.model.ModelSession;
import dev.pacebench.runner.model.ModelSessions;
import dev.pacebench.runner.model.TurnListener;
import dev.pacebench.runner.speed.LoadReport.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends calls at fixed instants, whatever became of those before (an open loop).
 *
 * <p>Times count from the instant a call was due, not from when it could be sent: a server that
 * stalls does not hide its stall by keeping callers from calling. Each caller has a door of its
 * own.
 */
public final class LoadRunner {

  static final int PROMPT = 200;
  static final int ANSWER = 64;
  private static final int MOST_CALLERS = 200;

  private final SpeedDoors doors;
  private final Duration patience;

  /**
   * A runner.
   *
   * @param patience how long answers are waited for after the last call was due
   */
  public LoadRunner(SpeedDoors doors, Duration patience) {
    this.doors = doors;
    this.patience = patience;
  }

  private record Caller(Door door, EndedCalls ended) {}

  /** Calls a tier. */
  public LoadReport run(
      ProbedTier tier, double perSecond, double seconds, Arrivals arrivals, long seed)
      throws InterruptedException {
    return new Round(tier).run(perSecond, seconds, arrivals.offsets(perSecond, seconds, seed));
  }

  /** One tier's calls. */
  private final class Round {
    private final ProbedTier tier;
    private final ProbePlan.Step step = new ProbePlan.Step(0, 1, PROMPT, ANSWER);
    private final Deque<Caller> idle = new ConcurrentLinkedDeque<>();
    private final List<Caller> all = Collections.synchronizedList(new ArrayList<>());
    private final List<Arrival> arrivals = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger number = new AtomicInteger();
    private final Semaphore places = new Semaphore(MOST_CALLERS);
    private final String nonce = Long.toHexString(System.nanoTime());

    Round(ProbedTier tier) {
      this.tier = tier;
    }

    LoadReport run(double perSecond, double seconds, List<Long> offsets)
        throws InterruptedException {
      ExecutorService callers =
          Executors.newCachedThreadPool(
              work -> {
                Thread thread = new Thread(work, "speed-load");
                thread.setDaemon(true);
                return thread;
              });
      int notSent = 0;
      try {
        // The first call of a process loads classes, which is no matter of the tier.
        callers.submit(() -> call(0, false)).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        for (long offset : offsets) {
          sleepUntil(start + offset);
          if (places.tryAcquire()) {
            callers.execute(
                () -> {
                  try {
                    call(start + offset, true);
                  } finally {
                    places.release();
                  }
                });
          } else {
            notSent++;
          }
        }
        callers.shutdown();
        if (!callers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          callers.shutdownNow();
          callers.awaitTermination(30, TimeUnit.SECONDS);
        }
      } catch (ExecutionException | TimeoutException e) {
        throw new InfrastructureError(
            tier.name() + " does not answer: " + e.getMessage(),
            "see that its address and model are right",
            e);
      } finally {
        callers.shutdownNow();
        List.copyOf(all).forEach(caller -> caller.door().close());
      }
      return LoadReport.of(tier, perSecond, seconds, List.copyOf(arrivals), notSent);
    }

    private void call(long due, boolean counted) {
      Caller caller = idle.poll();
      if (caller == null) {
        EndedCalls ended = new EndedCalls();
        String name = "speed load " + tier.name() + " " + number.incrementAndGet();
        caller = new Caller(doors.open(tier, name, ended), ended);
        all.add(caller);
      }
      boolean cutOff = false;
      boolean answered = false;
      int call = number.incrementAndGet();
      try (ModelSession session =
          ModelSessions.open(Prober.settings(tier, caller.door(), ANSWER))) {
        String text = Prompts.of(nonce + "-" + call, PROMPT);
        session.ask(List.of(new Input.UserText(text)), TurnListener.NONE);
        answered = true;
      } catch (ModelException e) {
        // The record says how it failed.
      } catch (InterruptedException e) {
        cutOff = true;
      }
      Optional<CallRecord> record = record(caller, answered);
      if (counted) {
        boolean given = cutOff;
        arrivals.add(new Arrival(due, record.map(r -> new Sample(step, call, r, given))));
      }
      if (record.isPresent() && !cutOff) {
        idle.push(caller);
      }
    }

    private Optional<CallRecord> record(Caller caller, boolean answered) {
      try {
        List<CallRecord> records = caller.ended().take(1, answered ? 1 : 0);
        return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
      } catch (InterruptedException e) {
        return Optional.empty();
      }
    }
  }

  private static void sleepUntil(long instant) throws InterruptedException {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("while calls were sent");
      }
    }
  }
}
