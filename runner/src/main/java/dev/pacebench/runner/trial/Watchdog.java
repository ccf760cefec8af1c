package dev.pacebench.runner.trial;

import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a sandbox at the outer limit, so that nothing can hold a slot for ever. */
final class Watchdog implements AutoCloseable {

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "outer-limit");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration limit;
  private @Nullable ScheduledFuture<?> alarm;
  private volatile boolean rang;

  Watchdog(Duration limit) {
    this.limit = limit;
  }

  /** Starts watching. */
  Sandbox guard(Sandbox sandbox) {
    alarm =
        TIMER.schedule(
            () -> {
              rang = true;
              // Closing may take a while; the timer serves other trials too.
              new Thread(sandbox::close, "outer-limit-close").start();
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    return sandbox;
  }

  /** Names the outer limit as the cause of a failure that it made. */
  SandboxException explain(SandboxException failure) {
    return rang
        ? new SandboxException(
            SandboxException.Kind.FAILED,
            "the trial did not end within its outer limit of " + limit.toSeconds() + " s",
            "see where its timeline stops",
            failure)
        : failure;
  }

  @Override
  public void close() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }
}
