package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.proxy.CallListener.Moment;
import dev.pacebench.runner.home.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trial's door.
 *
 * <p>Keeps at most {@value #MOST_RECORDS} records and {@value #MOST_BUFFERED} bytes of requests, so
 * that an agent cannot fill the gateway's memory.
 */
final class TrialDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger(TrialDoor.class);
  private static final int MOST_RECORDS = 100_000;
  private static final long MOST_BUFFERED = 256L << 20;
  private static final int MOST_CALLERS = 256;
  private static final long PATIENCE_MILLIS = 2000;

  private final DoorSpec spec;
  private final Vertx vertx;
  private final Ticker ticker;
  private final URI address;
  private final Runnable closing;
  private final String token = Tokens.fresh();
  private final Connections connections;
  private final LimiterWaits waits;
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong buffered = new AtomicLong();
  private final AtomicBoolean listenerFailed = new AtomicBoolean();

  private final List<CallRecord> records = new ArrayList<>();
  private final Set<Attempt> live = new LinkedHashSet<>();
  private final Set<OpenCall> open = new HashSet<>();
  private final Set<HttpConnection> callers = new HashSet<>();
  private boolean shut;
  private boolean closed;

  TrialDoor(
      DoorSpec spec,
      Vertx vertx,
      HttpClientAgent client,
      Ticker ticker,
      URI address,
      Runnable closing) {
    this.spec = spec;
    this.vertx = vertx;
    this.ticker = ticker;
    this.address = address;
    this.closing = closing;
    this.connections = new Connections(vertx, client, spec.upstream(), ticker);
    this.waits = new LimiterWaits(ticker);
  }

  DoorSpec spec() {
    return spec;
  }

  Upstream upstream() {
    return spec.upstream();
  }

  Vertx vertx() {
    return vertx;
  }

  Ticker ticker() {
    return ticker;
  }

  long nanos() {
    return ticker.nanos();
  }

  Connections connections() {
    return connections;
  }

  LimiterWaits waits() {
    return waits;
  }

  int nextSeq() {
    return numbers.incrementAndGet();
  }

  /** Takes room for bytes of a request; whoever got it gives it back with a negative number. */
  boolean room(long bytes) {
    if (buffered.addAndGet(bytes) > MOST_BUFFERED && bytes > 0) {
      buffered.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /**
   * A caller's connection to the door's own socket; whether there is room for it. Taken after the
   * shut as well, so that what is left behind in a sandbox is answered, and its calls counted.
   */
  synchronized boolean caller(HttpConnection connection) {
    if (callers.size() >= MOST_CALLERS) {
      return false;
    }
    callers.add(connection);
    return true;
  }

  synchronized void callerGone(HttpConnection connection) {
    callers.remove(connection);
  }

  /** Lets something in; false once the door is shut. */
  synchronized boolean enter(OpenCall call) {
    return !shut && open.add(call);
  }

  synchronized void leave(OpenCall call) {
    open.remove(call);
  }

  synchronized void began(Attempt attempt) {
    live.add(attempt);
  }

  void ended(Attempt attempt, CallRecord record) {
    synchronized (this) {
      live.remove(attempt);
      if (records.size() < MOST_RECORDS) {
        records.add(record);
      }
    }
    tell(
        () -> {
          spec.budget().used(record);
          spec.limiter().used(record);
        });
    tell(() -> spec.listener().ended(record));
  }

  void moment(int seq, Moment moment, long nanos) {
    tell(() -> spec.listener().moment(seq, moment, nanos));
  }

  void request(int seq, int attempt, byte[] body, long nanos) {
    tell(() -> spec.listener().request(seq, attempt, body, nanos));
  }

  void head(int seq, int attempt, int status, Map<String, List<String>> headers, long nanos) {
    tell(() -> spec.listener().head(seq, attempt, status, headers, nanos));
  }

  void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
    tell(() -> spec.listener().answer(seq, attempt, part, frame, nanos));
  }

  /** A listener must not throw; one that does is told once and harms no call. */
  private void tell(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      if (!listenerFailed.getAndSet(true)) {
        LOG.warn("a listener of the calls of {} failed: {}", spec.name(), e.getClass().getName());
      }
    }
  }

  boolean opens(String shown) {
    return Tokens.same(token, shown);
  }

  /** Whether it is shut; the caller's call is counted then. */
  boolean refusesNow() {
    if (isShut()) {
      late.incrementAndGet();
      return true;
    }
    return false;
  }

  synchronized boolean isShut() {
    return shut;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public List<CallRecord> calls(boolean withOpen) {
    List<CallRecord> calls;
    List<Attempt> running;
    synchronized (this) {
      calls = new ArrayList<>(records);
      running = withOpen ? List.copyOf(live) : List.of();
    }
    for (Attempt attempt : running) {
      calls.add(attempt.open());
    }
    calls.sort(Comparator.comparingLong(TrialDoor::begin).thenComparingInt(CallRecord::attempt));
    return calls;
  }

  private static long begin(CallRecord call) {
    Long send = call.times().send();
    return send == null ? call.times().scheduled() : send;
  }

  @Override
  public long limiterWaitNanos() {
    return waits.nanos();
  }

  @Override
  public long callsAfterShut() {
    return late.get();
  }

  @Override
  public void shut() {
    List<OpenCall> calls;
    List<HttpConnection> sockets;
    synchronized (this) {
      shut = true;
      calls = List.copyOf(open);
      sockets = List.copyOf(callers);
    }
    CountDownLatch left = new CountDownLatch(calls.size());
    for (OpenCall call : calls) {
      call.execute(
          () -> {
            try {
              call.phaseOver();
            } finally {
              left.countDown();
            }
          });
    }
    await(left);
    connections.close();
    sockets.forEach(HttpConnection::close);
  }

  private static void await(CountDownLatch left) {
    if (io.vertx.core.Context.isOnVertxThread()) {
      return; // It would wait for itself.
    }
    try {
      if (!left.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("{} calls did not end within {} ms", left.getCount(), PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void reopen() {
    if (closed) {
      throw new IllegalStateException("the door of " + spec.name() + " is closed");
    }
    shut = false;
    connections.reopen();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    shut();
    closing.run();
  }
}
