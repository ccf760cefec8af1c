package dev.pacebench.runner.gateway.policy;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later; tests turn its time by hand. */
@FunctionalInterface
public interface Wakes {

  /** Runs the work once, after the wait, on a thread that must not be held up. */
  void after(Duration wait, Runnable work);

  /** On a thread of this object's own, which does not keep the process alive. */
  static Wakes onOwnThread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    // Idle, it needs no thread.
    executor.setKeepAliveTime(5, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return (wait, work) -> {
      var unused = executor.schedule(work, wait.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
