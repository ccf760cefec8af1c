package dev.pacebench.runner.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.gateway.policy.CallLimiter.Permit;
import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests for {@link ContenderLimiter}; time is turned by hand. */
class ContenderLimiterTest {

  private record Wake(long at, Runnable work) {}

  private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::at));
  private long now = 1_000_000_000L;

  @Test
  void holdsNobodyWithoutRates() {
    ContenderLimiter limiter = limiter(CallRates.NONE);

    for (int i = 0; i < 1000; i++) {
      assertThat(limiter.acquire()).isCompleted();
    }
  }

  @Test
  void letsTheNextInWhenAPlaceIsGivenBack() {
    ContenderLimiter limiter = limiter(inFlight(2));
    Permit first = limiter.acquire().join();
    Permit second = limiter.acquire().join();
    CompletableFuture<Permit> third = limiter.acquire();
    CompletableFuture<Permit> fourth = limiter.acquire();

    assertThat(third).isNotDone();
    second.close();
    assertThat(third).isCompleted();
    assertThat(fourth).as("first come first served").isNotDone();
    second.close();
    assertThat(fourth).as("a place is given back once").isNotDone();
    first.close();
    assertThat(fourth).isCompleted();
  }

  @Test
  void givesUpThePlaceOfWhoNoLongerWants() {
    ContenderLimiter limiter = limiter(inFlight(1));
    Permit first = limiter.acquire().join();
    CompletableFuture<Permit> gone = limiter.acquire();
    CompletableFuture<Permit> next = limiter.acquire();

    gone.cancel(true);
    first.close();

    assertThat(next).isCompleted();
    next.join().close();
    assertThat(limiter.acquire()).as("nothing was lost").isCompleted();
  }

  @Test
  void allowsSoManyCallsInAnySpanOfAMinute() {
    ContenderLimiter limiter = limiter(rates(Optional.of(3), Optional.empty()));
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      limiter
          .acquire()
          .thenAccept(
              permit -> {
                starts.add(now);
                permit.close();
              });
      advance(Duration.ofSeconds(7));
    }
    advance(Duration.ofMinutes(10));

    assertThat(starts).hasSize(10);
    for (int i = 3; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 3))
          .isBetween(Duration.ofMinutes(1).toNanos(), Duration.ofSeconds(61).toNanos());
    }
  }

  @Test
  void startsNothingWhileTheTokensOfAMinuteAreUsedUp() {
    ContenderLimiter limiter = limiter(rates(Optional.empty(), Optional.of(1000L)));
    limiter.acquire().join().close();
    limiter.used(PolicySamples.call(new CallUsage(600, 0, 0, 300, 0)));
    assertThat(limiter.acquire()).isCompleted();
    advance(Duration.ofSeconds(30));
    limiter.used(PolicySamples.call(new CallUsage(50, 0, 0, 50, 0)));

    CompletableFuture<Permit> next = limiter.acquire();
    advance(Duration.ofSeconds(29));
    assertThat(next).isNotDone();
    advance(Duration.ofSeconds(2));
    assertThat(next).isCompleted();
  }

  @Test
  void countsNoTokensOfCallsThatReportNone() {
    ContenderLimiter limiter = limiter(rates(Optional.empty(), Optional.of(1L)));

    limiter.used(PolicySamples.call(null));

    assertThat(limiter.acquire()).isCompleted();
  }

  @Test
  void setsOneWakeAtATimeHoweverManyWait() {
    ContenderLimiter limiter = limiter(rates(Optional.of(1), Optional.empty()));
    for (int i = 0; i < 100; i++) {
      limiter.acquire();
    }

    assertThat(wakes).hasSize(1);
  }

  @Test
  void neverLetsInTooManyFromManyThreads() throws Exception {
    ContenderLimiter limiter = new ContenderLimiter(inFlight(3));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        boolean cancel = i % 5 == 0;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  CompletableFuture<Permit> place = limiter.acquire();
                  if (cancel && place.cancel(true)) {
                    return;
                  }
                  try (Permit permit = place.join()) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    done.incrementAndGet();
                  }
                },
                threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween(1, 3);
    assertThat(done.get()).isGreaterThanOrEqualTo(1600);
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.acquire()).as("every place came back").isCompleted();
    }
    assertThat(limiter.acquire()).isNotDone();
  }

  private void advance(Duration span) {
    long end = now + span.toNanos();
    while (!wakes.isEmpty() && wakes.peek().at() <= end) {
      Wake wake = wakes.remove();
      now = Math.max(now, wake.at());
      wake.work().run();
    }
    now = end;
  }

  private ContenderLimiter limiter(CallRates rates) {
    return new ContenderLimiter(
        rates, () -> now, (wait, work) -> wakes.add(new Wake(now + wait.toNanos(), work)));
  }

  private static CallRates inFlight(int most) {
    return new CallRates(Optional.of(most), Optional.empty(), Optional.empty());
  }

  private static CallRates rates(Optional<Integer> requests, Optional<Long> tokens) {
    return new CallRates(Optional.empty(), requests, tokens);
  }
}
