package dev.pacebench.runner.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.InfrastructureError;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Tests for {@link Patience}. */
class PatienceTest {

  @Test
  void aFailureSaysWhatCannotBeDoneAndWhy() {
    assertThatThrownBy(
            () ->
                Patience.await(
                    CompletableFuture.failedFuture(new IOException("no port")), "no gate", "go on"))
        .isInstanceOf(InfrastructureError.class)
        .hasMessage("no gate: no port");
    assertThat(Patience.await(CompletableFuture.completedFuture("it"), "", "")).isEqualTo("it");
  }

  @Test
  void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Patience.await(new CompletableFuture<>(), "no gate", "go on"))
        .hasMessage("no gate: interrupted");
    assertThat(Thread.interrupted()).isTrue();

    Thread.currentThread().interrupt();
    Patience.quietly(new CompletableFuture<>());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void threadsAreInterruptedAndWaitedFor() throws InterruptedException {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    threads.execute(
        () -> {
          begun.countDown();
          Patience.quietly(new CompletableFuture<>());
        });
    begun.await();
    Patience.end(threads);
    assertThat(threads.isTerminated()).isTrue();
  }
}
