package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.CallLimiter;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.KeyRing;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.Rewriter;
import dev.pacebench.runner.gateway.policy.TrialBudget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Door specs for tests: nothing is limited unless a test says so. */
final class Doors {

  static final String KEY = "sk-canary-7f3a9c52e1d84b06";

  Set<Protocol> protocols = EnumSet.allOf(Protocol.class);
  URI base;
  Map<String, String> headers = Map.of();
  KeyRing keys = new FixedKeys();
  Rewriter rewriter = Doors::untouched;
  RetryRule retries = RetryRule.NEVER;
  Duration connectDelay = Duration.ZERO;
  Duration idle = Duration.ofSeconds(20);
  CallLimiter limiter = new FreeLimiter();
  TrialBudget budget = new NoBudget();
  Optional<Path> socket = Optional.empty();
  CallListener listener = CallListener.NONE;

  private Doors(URI base) {
    this.base = base;
  }

  static Doors to(RawProvider provider) {
    return new Doors(provider.base());
  }

  static Doors to(URI base) {
    return new Doors(base);
  }

  DoorSpec spec() {
    return new DoorSpec(
        "trial",
        new Upstream(protocols, base, headers, keys, rewriter, retries, connectDelay, idle),
        limiter,
        budget,
        socket,
        listener);
  }

  /** The attempts, once there are so many; an agent may know of an end before the record does. */
  static List<CallRecord> calls(Door door, int count) throws InterruptedException {
    await(() -> door.calls(false).size() >= count);
    List<CallRecord> calls = door.calls(false);
    assertThat(calls).hasSize(count);
    return calls;
  }

  /** The attempts, once there is a complete one of those that are meant. */
  static List<CallRecord> calls(Door door, Predicate<CallRecord> meant)
      throws InterruptedException {
    await(
        () ->
            door.calls(false).stream().anyMatch(c -> meant.test(c) && c.answer().end().answered()));
    return door.calls(false);
  }

  private static void await(BooleanSupplier state) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!state.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(2);
    }
  }

  /** The only attempt, once it ended. */
  static CallRecord call(Door door) throws InterruptedException {
    return calls(door, 1).get(0);
  }

  /** A stream is asked for where the body says so. */
  static Rewriter.Rewritten untouched(Protocol protocol, byte[] body) {
    boolean stream = new String(body, StandardCharsets.UTF_8).contains("\"stream\":true");
    return new Rewriter.Rewritten(
        body, Map.of(), new Asked("m", null, null, null, stream, false, null, List.of()));
  }

  /** Always the same key. */
  static class FixedKeys implements KeyRing {
    @Override
    public Map<String, String> headers(Protocol protocol) {
      return protocol == Protocol.ANTHROPIC_MESSAGES
          ? Map.of("x-api-key", KEY)
          : Map.of("authorization", "Bearer " + KEY);
    }

    @Override
    public boolean refresh() {
      return false;
    }

    @Override
    public List<Key> secrets() {
      return List.of(new Key(KEY));
    }
  }

  /** Lets everything go at once. */
  static class FreeLimiter implements CallLimiter {
    @Override
    public CompletableFuture<Permit> acquire() {
      return CompletableFuture.completedFuture(() -> {});
    }

    @Override
    public void used(CallRecord call) {}
  }

  /** Never used up. */
  static class NoBudget implements TrialBudget {
    @Override
    public void used(CallRecord call) {}

    @Override
    public Optional<Ended> usedUp() {
      return Optional.empty();
    }

    @Override
    public Optional<Double> cost() {
      return Optional.empty();
    }
  }
}
