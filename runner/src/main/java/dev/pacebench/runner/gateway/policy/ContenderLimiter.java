package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds a contender's calls to its rates, first come first served over all its trials.
 *
 * <p>In no span of a minute are there more calls than allowed. Tokens are known only after a call:
 * no call starts while those of the last minute are used up, so the calls under way may go beyond.
 * A future completes on the thread that made room for it.
 */
public final class ContenderLimiter implements CallLimiter {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /** Something used at an instant. */
  private record Use(long nanos, long amount) {}

  private final CallRates rates;
  private final Ticker ticker;
  private final Wakes wakes;
  private final Deque<CompletableFuture<Permit>> waiting = new ArrayDeque<>();
  private final Deque<Use> starts = new ArrayDeque<>();
  private final Deque<Use> tokens = new ArrayDeque<>();
  private long tokensInMinute;
  private int inFlight;
  private boolean wakeSet;

  public ContenderLimiter(CallRates rates, Ticker ticker, Wakes wakes) {
    this.rates = requireNonNull(rates, "rates is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.wakes = requireNonNull(wakes, "wakes is null");
  }

  /** A limiter on the real clock. */
  public ContenderLimiter(CallRates rates) {
    this(rates, Ticker.SYSTEM, Wakes.onOwnThread("call-limiter"));
  }

  @Override
  public CompletableFuture<Permit> acquire() {
    CompletableFuture<Permit> place = new CompletableFuture<>();
    synchronized (this) {
      waiting.addLast(place);
    }
    advance();
    if (!place.isDone()) {
      CompletableFuture<Permit> unused =
          place.whenComplete(
              (permit, e) -> {
                if (permit == null) {
                  giveUp(place);
                }
              });
    }
    return place;
  }

  private void giveUp(CompletableFuture<Permit> place) {
    synchronized (this) {
      waiting.removeIf(each -> each == place);
    }
    advance();
  }

  @Override
  public void used(CallRecord call) {
    CallUsage usage = call.answer().usage();
    if (usage == null || rates.tokensPerMinute().isEmpty()) {
      return;
    }
    long amount = Math.max(0, usage.input()) + Math.max(0, usage.output());
    synchronized (this) {
      forget();
      tokens.addLast(new Use(ticker.nanos(), amount));
      tokensInMinute += amount;
    }
  }

  /** Lets in whoever may go now; never completes a future while it holds the lock. */
  private void advance() {
    List<CompletableFuture<Permit>> free = new ArrayList<>();
    synchronized (this) {
      while (!waiting.isEmpty() && mayStart()) {
        free.add(waiting.removeFirst());
        inFlight++;
        if (rates.requestsPerMinute().isPresent()) {
          starts.addLast(new Use(ticker.nanos(), 1));
        }
      }
      setWake();
    }
    for (CompletableFuture<Permit> place : free) {
      Held held = new Held();
      if (!place.complete(held)) {
        held.close();
      }
    }
  }

  private boolean mayStart() {
    forget();
    return rates.inFlight().filter(most -> inFlight >= most).isEmpty()
        && rates.requestsPerMinute().filter(most -> starts.size() >= most).isEmpty()
        && rates.tokensPerMinute().filter(most -> tokensInMinute >= most).isEmpty();
  }

  private void forget() {
    long now = ticker.nanos();
    while (!starts.isEmpty() && now - starts.getFirst().nanos() >= MINUTE) {
      starts.removeFirst();
    }
    while (!tokens.isEmpty() && now - tokens.getFirst().nanos() >= MINUTE) {
      tokensInMinute -= tokens.removeFirst().amount();
    }
  }

  /** With all places taken the next end wakes; else time alone does. */
  private void setWake() {
    boolean full = rates.inFlight().filter(most -> inFlight >= most).isPresent();
    if (wakeSet || waiting.isEmpty() || full) {
      return;
    }
    long now = ticker.nanos();
    long wait = 0;
    if (rates.requestsPerMinute().filter(most -> starts.size() >= most).isPresent()) {
      wait = Math.max(wait, starts.getFirst().nanos() + MINUTE - now);
    }
    if (rates.tokensPerMinute().filter(most -> tokensInMinute >= most).isPresent()) {
      wait = Math.max(wait, tokens.getFirst().nanos() + MINUTE - now);
    }
    wakeSet = true;
    wakes.after(Duration.ofNanos(Math.max(wait, 1)), this::woken);
  }

  private void woken() {
    synchronized (this) {
      wakeSet = false;
    }
    advance();
  }

  private final class Held implements Permit {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        synchronized (ContenderLimiter.this) {
          inFlight--;
        }
        advance();
      }
    }
  }
}
