package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.home.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One trial's own connections to its provider, so that connecting is measured as its own.
 *
 * <p>Idle ones are closed with their door; those that the provider closed are forgotten at once.
 */
final class Connections {

  /** There are too many connections already. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("more than " + MOST + " calls at once", null, false, false);
    }
  }

  private static final int MOST = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Upstream upstream;
  private final Ticker ticker;
  private final Deque<Link> idle = new ArrayDeque<>();
  private final Set<Link> all = new HashSet<>();
  private int pending;
  private int numbers;
  private boolean closed;

  Connections(Vertx vertx, HttpClientAgent client, Upstream upstream, Ticker ticker) {
    this.vertx = vertx;
    this.client = client;
    this.upstream = upstream;
    this.ticker = ticker;
  }

  /** A connection to the provider. */
  final class Link {
    private final int number;
    private final HttpClientConnection http;
    private final Thread loop;
    private final long connectStart;
    private final long connectEnd;

    private Link(int number, HttpClientConnection http, Thread loop, long start, long end) {
      this.number = number;
      this.http = http;
      this.loop = loop;
      this.connectStart = start;
      this.connectEnd = end;
    }

    int number() {
      return number;
    }

    HttpClientConnection http() {
      return http;
    }

    long connectStart() {
      return connectStart;
    }

    long connectEnd() {
      return connectEnd;
    }

    /**
     * Reads nothing more from the provider until {@link #listen}, neither bytes nor the end.
     *
     * <p>Pausing an answer alone would keep what was read, and forget it when the connection ends
     * meanwhile.
     */
    void hold() {
      reading(false);
    }

    /** Reads again. */
    void listen() {
      reading(true);
    }

    private void reading(boolean wanted) {
      // Nothing less is at hand: the client's own classes reach the channel in no public way.
      ((UnpooledHttpClientConnection) http)
          .unwrap()
          .channelHandlerContext()
          .channel()
          .config()
          .setAutoRead(wanted);
    }

    /** May serve another call. */
    void giveBack() {
      listen();
      synchronized (Connections.this) {
        if (!closed && all.contains(this)) {
          idle.addFirst(this);
          return;
        }
      }
      drop();
    }

    /** Closes it. */
    void drop() {
      forget(this);
      http.close();
    }
  }

  /**
   * An idle connection: one of this event loop, else another's. A hop between threads costs less
   * than connecting, and a caller with several connections must not cost its provider several.
   */
  synchronized Optional<Link> idle() {
    Thread here = Thread.currentThread();
    for (Iterator<Link> links = idle.iterator(); links.hasNext(); ) {
      Link link = links.next();
      if (link.loop.equals(here)) {
        links.remove();
        return Optional.of(link);
      }
    }
    return Optional.ofNullable(idle.poll());
  }

  /** A new connection; only from an event loop. */
  Future<Link> connect() {
    Link spare = null;
    synchronized (this) {
      if (closed) {
        return Future.failedFuture(new IllegalStateException("the door is shut"));
      }
      if (all.size() + pending >= MOST) {
        spare = idle.pollLast();
        if (spare == null) {
          return Future.failedFuture(new TooMany());
        }
      }
      pending++;
    }
    if (spare != null) {
      spare.drop();
    }
    Thread loop = Thread.currentThread();
    Promise<Link> promise = Promise.promise();
    long start = ticker.nanos();
    long timer =
        vertx.setTimer(
            patience().toMillis(),
            id -> promise.tryFail("no connection within " + patience().toSeconds() + " s"));
    client
        .connect(target())
        .onComplete(
            made -> {
              if (made.failed()) {
                vertx.cancelTimer(timer);
                gone();
                promise.tryFail(made.cause());
              } else {
                delayed(() -> settle(made.result(), loop, start, timer, promise));
              }
            });
    return promise.future();
  }

  private void settle(
      HttpClientConnection http, Thread loop, long start, long timer, Promise<Link> promise) {
    vertx.cancelTimer(timer);
    Link link;
    synchronized (this) {
      pending--;
      link = new Link(++numbers, http, loop, start, ticker.nanos());
      if (closed) {
        http.close();
        promise.tryFail("the door is shut");
        return;
      }
      all.add(link);
    }
    http.closeHandler(v -> forget(link));
    if (!promise.tryComplete(link)) {
      link.drop();
    }
  }

  private void delayed(Runnable then) {
    long millis = upstream.connectDelay().toMillis();
    if (millis > 0) {
      vertx.setTimer(millis, id -> then.run());
    } else {
      then.run();
    }
  }

  private Duration patience() {
    return PATIENCE.compareTo(upstream.idle()) < 0 ? PATIENCE : upstream.idle();
  }

  private HttpConnectOptions target() {
    URI base = upstream.baseUrl();
    boolean tls = tls(base);
    String host = base.getHost();
    return new HttpConnectOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
        .setPort(port(base))
        .setSsl(tls)
        .setConnectTimeout(patience().toMillis());
  }

  static boolean tls(URI base) {
    return "https".equalsIgnoreCase(base.getScheme());
  }

  static int port(URI base) {
    return base.getPort() >= 0 ? base.getPort() : tls(base) ? 443 : 80;
  }

  /** Lets new connections be made after a close. */
  synchronized void reopen() {
    closed = false;
  }

  private synchronized void gone() {
    pending--;
  }

  private synchronized void forget(Link link) {
    all.remove(link);
    idle.remove(link);
  }

  /** Closes all; none is made any more. */
  void close() {
    List<Link> open;
    synchronized (this) {
      closed = true;
      open = new ArrayList<>(all);
    }
    open.forEach(Link::drop);
  }
}
