package dev.pacebench.runner.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is going on in one execution, and the switch that ends it.
 *
 * <p>A thread is interrupted only while a try runs in it, never while it uses the database, whose
 * file an interrupt would close.
 */
final class RunControl {

  private final Set<String> active = new HashSet<>();
  private final Map<Integer, Thread> trying = new HashMap<>();
  private long changes;
  private boolean stopped;
  private @Nullable RuntimeException error;

  /** Whether no further trial is to be started. */
  synchronized boolean isHalted() {
    return stopped || error != null;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** What ended the execution, or null. */
  synchronized @Nullable RuntimeException error() {
    return error;
  }

  /** Ends the execution on request. */
  synchronized void stop() {
    stopped = true;
    interruptAll();
  }

  /** Ends the execution because it cannot go on; the first reason counts. */
  synchronized void fail(RuntimeException reason) {
    if (error == null) {
      error = reason;
    }
    interruptAll();
  }

  private void interruptAll() {
    trying.values().forEach(Thread::interrupt);
    notifyAll();
  }

  /** Takes a claim so that nobody can see it in the database before it is known here. */
  synchronized <T> T claiming(Supplier<T> claim) {
    return claim.get();
  }

  /** Within {@link #claiming}: this process works on the trial from now on. */
  synchronized void add(String trialId) {
    active.add(trialId);
  }

  /** The trial is stored or put back. */
  synchronized void remove(String trialId) {
    active.remove(trialId);
    changes++;
    notifyAll();
  }

  /** Trials that this process works on. */
  synchronized Set<String> active() {
    return Set.copyOf(active);
  }

  /** From here until {@link #leaveTry} the thread may be interrupted. */
  synchronized void enterTry(int slot) throws InterruptedException {
    if (isHalted()) {
      throw new InterruptedException("the run was halted");
    }
    trying.put(slot, Thread.currentThread());
  }

  synchronized void leaveTry(int slot) {
    trying.remove(slot);
    // One that came too late must not hit the database.
    Thread.interrupted();
  }

  /** Counts what {@link #awaitChange} waits for. */
  synchronized long changes() {
    return changes;
  }

  /**
   * Waits until a trial is stored or put back since the count was taken, the run is halted, or the
   * time is over.
   */
  synchronized void awaitChange(long since, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos();
        left > 0 && changes == since && !isHalted();
        left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }

  /** Waits for a time, less when the run is halted. */
  synchronized void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && !isHalted(); left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }
}
