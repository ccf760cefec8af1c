package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the host closes a sandbox, and what it says then; real ones have tests of their own. */
@Timeout(60)
class WatchdogTest {

  private static final Duration SOON = Duration.ofMillis(50);

  private final SandboxException failure =
      new SandboxException(SandboxException.Kind.FAILED, "the sandbox is closed", "open another");

  @Test
  void aSandboxThatOutlivesItsLimitIsClosedAndTheLimitNamedAsTheCause() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (Watchdog watchdog = new Watchdog(SOON)) {
      watchdog.guard(closingWith(closed::countDown));
      closed.await();

      SandboxException told = watchdog.explain(failure);
      assertThat(told).hasMessageContaining("outer limit").hasCause(failure);
      assertThat(told.kind()).isEqualTo(SandboxException.Kind.FAILED);
    }
  }

  @Test
  void aTrialThatEndsInTimeKeepsItsSandboxAndItsOwnFailure() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Watchdog inTime = new Watchdog(Duration.ofSeconds(1));
    inTime.guard(closingWith(closed::incrementAndGet));
    assertThat(inTime.explain(failure)).isSameAs(failure);
    inTime.close();

    // Limits are watched in the order in which they pass, so a later one proves the first unheard.
    waitFor(Duration.ofSeconds(1));
    assertThat(closed).hasValue(0);
    assertThat(inTime.explain(failure)).isSameAs(failure);
  }

  @Test
  void aSandboxThatIsSlowToCloseHoldsNoOtherUp() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (Watchdog slow = new Watchdog(SOON)) {
      slow.guard(
          closingWith(
              () -> {
                closing.countDown();
                awaitQuietly(mayEnd);
              }));
      closing.await();
      waitFor(SOON);
    } finally {
      mayEnd.countDown();
    }
  }

  private static void waitFor(Duration limit) throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    try (Watchdog watchdog = new Watchdog(limit)) {
      watchdog.guard(closingWith(closed::countDown));
      closed.await();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A sandbox that can only be closed. */
  private static Sandbox closingWith(Runnable closing) {
    return (Sandbox)
        Proxy.newProxyInstance(
            Sandbox.class.getClassLoader(),
            new Class<?>[] {Sandbox.class},
            (proxy, method, args) -> {
              if (!method.getName().equals("close")) {
                throw new UnsupportedOperationException(method.getName());
              }
              closing.run();
              return null;
            });
  }
}
